import type { IncomingMessage, ServerResponse } from 'node:http';

/**
 * Keeps the status of a server action's redirect. Next.js 16.4.6 ends all of them with one shared result
 * (`RenderResult.EMPTY`) that also holds the status, so two at once can take each other's: a form that was posted without script
 * then ends on a blank page (200 instead of 303; RFC 9110, section 15.4.4).
 */
export function keepActionRedirectStatus({ method, headers }: IncomingMessage, response: ServerResponse): void {
  if (method !== 'POST') return;
  const isScript = headers['next-action'] !== undefined;
  const writeHead = response.writeHead.bind(response) as (status: number, ...rest: unknown[]) => ServerResponse;
  const correctStatus = (status: number) => {
    if (isScript) return status === 303 && response.hasHeader('x-action-redirect') ? 200 : status;
    return status === 200 && response.hasHeader('location') ? 303 : status;
  };
  // Node calls it for a response that ends without an explicit head, too.
  response.writeHead = (status: number, ...rest: unknown[]) => writeHead(correctStatus(status), ...rest);
}
