/** A minimal upstream in a process of its own: it knows no user and answers every call with a link. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

const RESPONSE_DELAY_MS = 20;

const server = createServer((request, response) => {
  request.resume();
  request.on('end', () => {
    const isLookup = request.url?.endsWith('/get-user-token-v2');
    const { port } = server.address() as AddressInfo;
    const body = isLookup
      ? { code: 'ERROR_USER_NOT_FOUND', reason: 'User not found.' }
      : { link: `http://127.0.0.1:${port}/Q1nO3`, status: 'Completed', statusDetail: 'None' };
    const sendResponse = () =>
      response.writeHead(isLookup ? 404 : 200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    setTimeout(sendResponse, RESPONSE_DELAY_MS);
  });
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => console.log((server.address() as AddressInfo).port));
