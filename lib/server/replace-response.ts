import type { IncomingMessage, ServerResponse } from 'node:http';

/** A response without Next.js, without the store and without scripts. */
export type PlainResponse = { status: number; headers: Readonly<Record<string, string>>; body: string };

/** Headers that describe the replaced body. */
export const BODY_HEADERS = ['content-length', 'content-encoding', 'transfer-encoding', 'etag'];

/**
 * Returns whether the browser itself asks for a page or posts a form. Scripts (`next-action`, `rsc`) handle other
 * responses.
 */
export const isDocumentRequest = ({ headers }: IncomingMessage): boolean => !headers['next-action'] && !headers['rsc'];

/**
 * Replaces a response of Next.js that would be bare text. Next.js writes responses in several ways; each sets the
 * status first.
 *
 * @param find returns the replacement of a response with this status, or undefined to keep the response
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
    const { status, headers, body } = await createReplacement();
    writeHead(status, headers);
    end(body);
  }
  /** Returns whether the response is replaced; the first call starts the replacement. */
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
