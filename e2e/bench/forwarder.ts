/** The least that Node can do to send a form upstream and follow the answer: no framework, no store, no checks. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Pool } from 'undici';

const upstream = new Pool(process.env['BENCH_UPSTREAM'] ?? '', { connections: 16 });

const server = createServer(async (request, response) => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const form = await new Response(Buffer.concat(chunks), {
    headers: { 'content-type': request.headers['content-type'] ?? '' },
  }).formData();
  const body = JSON.stringify(Object.fromEntries([...form].filter(([name]) => !name.startsWith('$'))));
  const headers = { 'content-type': 'application/json', api_key: 'bench' };
  const answer = await upstream.request({ method: 'POST', path: '/v1/auth/sessionlink-v2', headers, body });
  const { link } = (await answer.body.json()) as { link: string };
  response.writeHead(303, { location: link }).end();
});
server.listen(0, '127.0.0.1', () => console.log((server.address() as AddressInfo).port));
