// WEBHOOK_SECRET=whsec_… node receiver.mjs
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { Webhook } from 'standardwebhooks';

const webhook = new Webhook(process.env.WEBHOOK_SECRET);
createServer(async (request, response) => {
  const body = await text(request); // as received, before any parser
  console.log(request.method, request.url, body);
  if (request.method !== 'POST') return response.end('The page of your return_url'); // for the demo
  try {
    webhook.verify(body, request.headers); // also refuses a webhook-timestamp that is more than five minutes off
  } catch {
    return response.writeHead(401).end();
  }
  // Store the event here, once for each request.headers['webhook-id'], before you answer.
  response.writeHead(204).end();
}).listen(process.env.PORT ?? 8080);
