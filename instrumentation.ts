import type { Instrumentation } from 'next';

/** Runs once before the first request: a server with a wrong environment or a locked data folder must not answer. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME === 'nodejs') await (await import('./lib/server/start-server.ts')).startServer();
}

/** Logs the route and the digest of a failed request, never the message: it may quote input. */
export const onRequestError: Instrumentation.onRequestError = async (error, _request, { routePath, routeType }) => {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return;
  const { logRequestError } = await import('./lib/server/request-errors.ts');
  logRequestError(error, routePath, routeType);
};
