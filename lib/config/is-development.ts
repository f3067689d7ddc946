/** True on the framework's development server, which needs weaker page policies. */
export const isDevelopment = process.env.NODE_ENV === 'development';
