import type { IncomingMessage, ServerResponse } from 'node:http';

/** An answer that needs nothing but itself: no framework, no store, no script. */
export type PlainAnswer = { status: number; headers: Readonly<Record<string, string>>; html: string };

/** Headers of the answer that ours replaces. */
const OF_ANOTHER_BODY = ['content-length', 'content-encoding', 'transfer-encoding', 'etag'];

/** A page that a browser asks for or a form that it posts by itself; scripts have answers of their own (`next-action`, `rsc`). */
export const isDocument = ({ headers }: IncomingMessage): boolean => !headers['next-action'] && !headers['rsc'];

/**
 * Answers in place of the framework where its own answer would be bare text. The framework writes in several ways, and each
 * begins with a status.
 *
 * @param find what to answer instead of an answer with a status, or undefined to let it pass. It is asked until it finds something
 */
export function replaceAnswer(
  response: ServerResponse,
  find: (status: number) => (() => PlainAnswer | Promise<PlainAnswer>) | undefined,
): void {
  const [write, end, writeHead] = [response.write, response.end, response.writeHead].map((method) =>
    method.bind(response),
  ) as [() => boolean, (text: string) => ServerResponse, (status: number, ...rest: unknown[]) => ServerResponse];
  let isReplaced = false;

  async function answer(make: () => PlainAnswer | Promise<PlainAnswer>): Promise<void> {
    for (const name of OF_ANOTHER_BODY) response.removeHeader(name);
    const { status, headers, html } = await make();
    writeHead(status, headers);
    end(html);
  }
  /** Whether this answer is replaced; the first time, ours begins. */
  function isOurs(status: number): boolean {
    const make = isReplaced || response.headersSent ? undefined : find(status);
    if (make) {
      isReplaced = true;
      void answer(make);
    }
    return isReplaced;
  }
  response.writeHead = (status: number, ...rest: unknown[]) => (isOurs(status) ? response : writeHead(status, ...rest));
  response.write = (...args: unknown[]) =>
    isOurs(response.statusCode) || (write as (...rest: unknown[]) => boolean)(...args);
  response.end = (...args: unknown[]) =>
    isOurs(response.statusCode) ? response : (end as (...rest: unknown[]) => ServerResponse)(...args);
}
