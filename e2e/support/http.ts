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
  /** What the proxy in front writes of the client. Without it the server sees the connection's own address. */
  address?: string | undefined;
};

/** One request to a server's port, as a browser would make it at the public origin. Redirects are not followed. */
export function ask(
  port: number,
  path: string,
  { cookie, form, origin = ORIGIN, address }: Options = {},
): Promise<Reply> {
  const boundary = 'front-door-load';
  const part = ([name, value]: readonly [string, string]) =>
    `--${boundary}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
  const body = form && `${form.map(part).join('')}--${boundary}--\r\n`;
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
    const call = request({ host: '127.0.0.1', port, path, method: body ? 'POST' : 'GET', headers, agent }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('error', reject);
      answer.on('end', () =>
        resolve({
          status: answer.statusCode ?? 0,
          location: answer.headers.location,
          retryAfter: answer.headers['retry-after'],
          cookies: (answer.headers['set-cookie'] ?? []).map((text) => text.split(';')[0] ?? ''),
          body: Buffer.concat(chunks).toString('utf8'),
        }),
      );
    });
    call.on('error', reject);
    call.end(body);
  });
}
