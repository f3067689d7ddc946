import { Agent, request } from 'node:http';

/** The public origin of every server here. Nothing listens there: applicants name it and connect to the server's port. */
export const ORIGIN = 'http://localhost:9';
export type Reply = {
  status: number;
  location: string | undefined;
  retryAfter: string | undefined;
  cookies: string[];
  body: string;
};

const agent = new Agent({ keepAlive: true, maxSockets: 256 });

type Options = {
  cookie?: string | undefined;
  form?: readonly (readonly [string, string])[] | undefined;
  origin?: string;
  /** The client's address as a proxy in front writes it. Without it the server sees the connection's own address. */
  address?: string | undefined;
};

/** One request to a server's port, as a browser would make it at the public origin. Redirects are not followed. */
export function sendRequest(
  port: number,
  path: string,
  { cookie, form, origin = ORIGIN, address }: Options = {},
): Promise<Reply> {
  const boundary = 'front-door-load';
  const formatPart = ([name, value]: readonly [string, string]) =>
    `--${boundary}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
  const body = form && `${form.map(formatPart).join('')}--${boundary}--\r\n`;
  const headers = {
    host: new URL(origin).host,
    ...(cookie && { cookie }),
    ...(address && { 'x-forwarded-for': address }),
    ...(body && {
      origin,
      'sec-fetch-site': 'same-origin',
      'content-type': `multipart/form-data; boundary=${boundary}`,
      'content-length': Buffer.byteLength(body),
    }),
  };
  return new Promise((resolve, reject) => {
    const clientRequest = request(
      { host: '127.0.0.1', port, path, method: body ? 'POST' : 'GET', headers, agent },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            location: response.headers.location,
            retryAfter: response.headers['retry-after'],
            cookies: (response.headers['set-cookie'] ?? []).map((text) => text.split(';')[0] ?? ''),
            body: Buffer.concat(chunks).toString('utf8'),
          }),
        );
      },
    );
    clientRequest.on('error', reject);
    clientRequest.end(body);
  });
}
