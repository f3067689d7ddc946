// WEBHOOK_SECRET=whsec_… node receiver.mjs
import { createServer } from 'node:http';
import { Webhook } from 'standardwebhooks';

const MAX_BODY_LENGTH = 65_536;
const webhook = new Webhook(process.env.WEBHOOK_SECRET);

/** The body as received, before any parser. */
async function readBody(request) {
  let body = '';
  for await (const chunk of request.setEncoding('utf8')) {
    body += chunk;
    if (body.length > MAX_BODY_LENGTH) throw new Error('The body is too long');
  }
  return body;
}

createServer(async (request, response) => {
  console.log(request.method, request.url);
  if (request.method !== 'POST') return response.end('The page of your return_url'); // for the demo
  try {
    // `verify` also refuses a webhook-timestamp that is more than five minutes off.
    const event = webhook.verify(await readBody(request), request.headers);
    // Store the event here, once for each `webhook-id`, before you answer.
    console.log(request.headers['webhook-id'], event.type);
    response.writeHead(204).end();
  } catch {
    response.writeHead(401).end();
  }
}).listen(process.env.PORT ?? 8080);
