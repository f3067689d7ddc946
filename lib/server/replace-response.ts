import type { IncomingMessage, ServerResponse } from 'node:http';

/** An answer that needs nothing but itself: no framework, no store, no script. */
export type PlainResponse = { status: number; headers: Readonly<Record<string, string>>; html: string };

/** Headers of the answer that ours replaces. */
const BODY_HEADERS = ['content-length', 'content-encoding', 'transfer-encoding', 'etag'];

/** A page that a browser asks for or a form that it posts by itself; scripts have answers of their own (`next-action`, `rsc`). */
export const isDocumentRequest = ({ headers }: IncomingMessage): boolean => !headers['next-action'] && !headers['rsc'];

/**
 * Answers in place of the framework where its own answer would be bare text. The framework writes in several ways, and each
 * begins with a status.
 *
 * @param find what to answer instead of an answer with a status, or undefined to let it pass. It is asked until it finds something
 */
export function replaceResponse(
  response: ServerResponse,
  find: (status: number) => (() => PlainResponse | Promise<PlainResponse>) | undefined,
): void {
  const [write, end, writeHead] = [response.write, response.end, response.writeHead].map((method) =>
    method.bind(response),
  ) as [() => boolean, (text: string) => ServerResponse, (status: number, ...rest: unknown[]) => ServerResponse];
  let isReplaced = false;

  async function sendReplacement(createReplacement: () => PlainResponse | Promise<PlainResponse>): Promise<void> {
    for (const name of BODY_HEADERS) response.removeHeader(name);
    const { status, headers, html } = await createReplacement();
    writeHead(status, headers);
    end(html);
  }
  /** Whether this answer is replaced; the first time, ours begins. */
  function startReplacement(status: number): boolean {
    const createReplacement = isReplaced || response.headersSent ? undefined : find(status);
    if (createReplacement) {
      isReplaced = true;
      void sendReplacement(createReplacement);
    }
    return isReplaced;
  }
  response.writeHead = (status: number, ...rest: unknown[]) =>
    startReplacement(status) ? response : writeHead(status, ...rest);
  response.write = (...args: unknown[]) =>
    startReplacement(response.statusCode) || (write as (...rest: unknown[]) => boolean)(...args);
  response.end = (...args: unknown[]) =>
    startReplacement(response.statusCode) ? response : (end as (...rest: unknown[]) => ServerResponse)(...args);
}
