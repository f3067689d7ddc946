/**
 * A partner's server in a process of its own, which `npm run resilience -- webhooks` kills: it verifies each event with the
 * official library, writes it down, and answers. `node e2e/resilience/webhook-receiver.ts <port> <secret> <file>`
 */
import { appendFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { Webhook } from 'standardwebhooks';

const [port, secret = '', file = ''] = process.argv.slice(2);
const webhook = new Webhook(secret);

createServer(async (request, response) => {
  const body = await text(request);
  try {
    webhook.verify(body, request.headers as Record<string, string>);
  } catch (error) {
    appendFileSync(file, `${JSON.stringify({ refused: String(error) })}\n`);
    return response.writeHead(401).end();
  }
  // Bytes that were written survive the process, so a kill after this line makes a double.
  appendFileSync(file, `${JSON.stringify({ id: request.headers['webhook-id'], body })}\n`);
  return response.writeHead(204).end();
}).listen(Number(port), '127.0.0.1', () => console.log('ready'));
