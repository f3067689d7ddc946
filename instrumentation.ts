import type { Instrumentation } from 'next';

/** Runs once before the first request: a server with a bad environment or a taken data folder must not answer. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME === 'nodejs') await (await import('./lib/server/start-server.ts')).startServer();
}

/** One line for a request that failed: where, and the digest that the page shows. Never the message: it may quote input. */
export const onRequestError: Instrumentation.onRequestError = async (error, _request, { routePath, routeType }) => {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return;
  const { logRequestError } = await import('./lib/server/request-errors.ts');
  logRequestError(error, routePath, routeType);
};
