/** The framework's development server, which needs looser page policies. The built app never is. */
export const isDevelopment = process.env.NODE_ENV === 'development';
