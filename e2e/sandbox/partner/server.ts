import { readFileSync } from 'node:fs';
import { announceReady, listen, sendResponse } from '../http.ts';
import { CASES } from './cases.ts';
import { type Claims, createToken, type LinkContent } from './create-token.ts';

// A partner's site: its server knows customers and sends their browsers to the app, by post or by fragment.

const readKeyFile = (variable: string) => readFileSync(process.env[variable] ?? '');
const audience = process.env['SANDBOX_PARTNER_AUDIENCE'] ?? '';
const keys = {
  signKey: readKeyFile('SANDBOX_PARTNER_SIGN_KEY_FILE'),
  sealKey: readKeyFile('SANDBOX_PARTNER_SEAL_KEY_FILE'),
  audience,
};

const renderPage = (body: string) =>
  `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><link rel="icon" href="data:,"><title>Sandbox partner</title><style>body{font:1rem/1.6 system-ui,sans-serif;max-width:36rem;margin:3rem auto;padding:0 1rem}li{margin:.75rem 0}button{font:inherit}</style>${body}`;

/** The way in by post: a token is made when the page is asked for, so that it is as young as it can be. */
const renderPostForm = (token: string) =>
  `<form method="post" action="${audience}/partner"><input type="hidden" name="token" value="${token}"><button>Continue at the front door</button></form>`;

const list = Object.entries(CASES).map(
  ([name, { title }]) =>
    `<li>${title}: <a href="/link/${name}?by=fragment">by link</a>, <a href="/link/${name}?by=post">by post</a></li>`,
);

const origin = await listen('SANDBOX_PARTNER_PORT', 4040, ({ request, response, url, body }) => {
  const sendHtml = (text: string) =>
    sendResponse(response, 200, renderPage(text), { 'content-type': 'text/html; charset=utf-8' });
  if (url.pathname === '/')
    return sendHtml(`<h1>Sandbox partner</h1><p>This customer is known here.</p><ul>${list.join('')}</ul>`);
  // For tests: any content, any claims, any signer.
  if (url.pathname === '/token' && request.method === 'POST') {
    type TokenRequest = { content: LinkContent; changes?: Claims; signKey?: string };
    const { content, changes, signKey } = JSON.parse(body) as TokenRequest;
    const signer = signKey === undefined ? keys.signKey : Buffer.from(signKey);
    return sendResponse(response, 200, createToken(content, { ...keys, signKey: signer }, changes));
  }
  // For tests: a page that posts the token in its address.
  if (url.pathname === '/post') return sendHtml(renderPostForm(url.searchParams.get('token') ?? ''));
  const partnerCase = CASES[/^\/link\/(\w+)$/.exec(url.pathname)?.[1] ?? ''];
  if (!partnerCase) return sendResponse(response, 404, 'No such case');
  const token = createToken(partnerCase.content, keys);
  if (url.searchParams.get('by') === 'post') return sendHtml(renderPostForm(token));
  return sendResponse(response, 302, '', { location: `${audience}/partner#${token}` });
});
announceReady({ partner: origin });
