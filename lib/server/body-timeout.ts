import type { IncomingMessage } from 'node:http';

/**
 * Ends the connection of a request whose body has not arrived whole in time. Node compares `requestTimeout` with its clock
 * only every 30 seconds, so a slow body could stay for almost twice its time.
 *
 * @param limitMs milliseconds from the end of the request's headers
 */
export function setBodyTimeout(request: IncomingMessage, limitMs: number): void {
  if (request.complete) return;
  const timer = setTimeout(() => request.complete || request.destroy(), limitMs).unref();
  request.once('close', () => clearTimeout(timer));
}
