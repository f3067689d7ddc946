import type { OutgoingHttpHeader, ServerResponse } from 'node:http';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { BODY_HEADERS } from './replace-response.ts';

const compress = promisify(gzip);

/** Two thirds of the CPU of the default level, for the same bytes of our pages. */
const GZIP_LEVEL = 5;

type Headers = Record<string, OutgoingHttpHeader>;

/**
 * Rewrites the page that Next.js answers with. The page is collected first: our pages are rendered in one piece, so the browser
 * waits no longer. Other responses, such as redirects, pass unchanged. Next.js must not compress the page.
 *
 * @param isCompressed whether the browser takes gzip
 * @param rewrite returns the page to send
 */
export function rewritePage(response: ServerResponse, isCompressed: boolean, rewrite: (html: string) => string): void {
  const { writeHead, flushHeaders, write, end } = response;
  const chunks: Buffer[] = [];
  const collect = (chunk: unknown, encoding?: unknown) => {
    if (typeof chunk === 'string') chunks.push(Buffer.from(chunk, encoding as BufferEncoding | undefined));
    else if (chunk instanceof Uint8Array) chunks.push(Buffer.from(chunk));
  };

  async function buildBody(): Promise<Buffer> {
    const body = Buffer.concat(chunks);
    const isPage = response.statusCode === 200 && /^text\/html/.test(String(response.getHeader('content-type')));
    if (!isPage) return body;
    const html = Buffer.from(rewrite(body.toString()));
    for (const name of BODY_HEADERS) response.removeHeader(name);
    const sentBody = isCompressed ? await compress(html, { level: GZIP_LEVEL }) : html;
    if (isCompressed) response.setHeader('content-encoding', 'gzip');
    response.setHeader('content-length', sentBody.length);
    return sentBody;
  }
  async function send(): Promise<void> {
    const body = await buildBody();
    Object.assign(response, { writeHead, flushHeaders, write, end });
    response.end(body);
  }

  response.flushHeaders = () => {};
  response.writeHead = (status: number, ...rest: unknown[]) => {
    response.statusCode = status;
    const headers = rest.find((value) => typeof value === 'object') as Headers | undefined;
    for (const [name, value] of Object.entries(headers ?? {})) response.setHeader(name, value);
    return response;
  };
  response.write = (chunk: unknown, encoding?: unknown) => {
    collect(chunk, encoding);
    return true;
  };
  response.end = (chunk?: unknown, encoding?: unknown) => {
    collect(chunk, encoding);
    response.end = () => response;
    send().catch((error: Error) => response.destroy(error));
    return response;
  };
}
