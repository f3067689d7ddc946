import { readFileSync } from 'node:fs';
import { applyNext, Control } from '../control.ts';
import { announceReady, type Call, listen, sendResponse } from '../http.ts';
import { CASES } from './cases.ts';
import { type Claims, createToken, type LinkContent } from './create-token.ts';
import { renderEmbeddedPage } from './embedded-page.ts';

// A partner's site: its server knows customers and sends their browsers to the app, by post or by fragment.

const readKeyFile = (variable: string) => readFileSync(process.env[variable] ?? '');
const audience = process.env['SANDBOX_PARTNER_AUDIENCE'] ?? '';
const keys = {
  signKey: readKeyFile('SANDBOX_PARTNER_SIGN_KEY_FILE'),
  sealKey: readKeyFile('SANDBOX_PARTNER_SEAL_KEY_FILE'),
  audience,
};

const STYLES = `
:root{color-scheme:light dark}
body{font:1rem/1.6 system-ui,sans-serif;margin:0;background:#eef2f6;color:#1c2430}
main{box-sizing:border-box;max-width:44rem;margin:0 auto;padding:2rem 1.5rem}
.note{padding:.75rem 1rem;border-radius:.5rem;background:#fef3c7;color:#713f12}
ul{list-style:none;padding:0;display:grid;gap:.75rem}
li{background:#fff;border:1px solid #d5dce6;border-radius:.75rem;padding:1rem}
a{display:inline-block;margin:.25rem .5rem 0 0;padding:.4rem .9rem;border:1px solid currentcolor;border-radius:.5rem;color:#1d4ed8;text-decoration:none}
button{font:inherit;padding:.75rem 1.25rem;border:0;border-radius:.5rem;background:#1d4ed8;color:#fff}
@media(prefers-color-scheme:dark){body{background:#0b0f16;color:#e8ecf2}li{background:#151b25;border-color:#2b3647}a{color:#93c5fd}.note{background:#3b2f0b;color:#fde68a}}`;

const renderPage = (body: string) =>
  `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><link rel="icon" href="data:,"><title>Sandbox partner</title><style>${STYLES}</style><main><p class="note">This simulated partner site comes with the sandbox. Its customers do not exist.</p>${body}</main>`;

/** The way in by post: a token is made when the page is asked for, so that it is as young as it can be. */
const renderPostForm = (token: string) =>
  `<form method="post" action="${audience}/partner"><input type="hidden" name="token" value="${token}"><button>Continue at the front door</button></form>`;

const list = Object.entries(CASES).map(
  ([name, { title }]) =>
    `<li>${title}<br><a href="/link/${name}?by=fragment">by link</a> <a href="/link/${name}?by=post">by post</a> <a href="/embedded/${name}?lang=es">in this site</a></li>`,
);

const control = new Control();

/** Records an event of the app under the partner's reference of the application, or under the app's id of it. */
async function receiveEvent(call: Call): Promise<void> {
  const { data } = JSON.parse(call.body) as { data: { application: string; partnerReference?: string } };
  const key = data.partnerReference ?? data.application;
  const entry = control.record(key, call);
  if (await applyNext(call, entry, control.takeNext(key))) return;
  entry.status = 204;
  sendResponse(call.response, 204);
}

const origin = await listen('SANDBOX_PARTNER_PORT', 4040, (call) => {
  const { request, response, url, body } = call;
  const sendHtml = (text: string) =>
    sendResponse(response, 200, renderPage(text), { 'content-type': 'text/html; charset=utf-8' });
  if (url.pathname === '/')
    return sendHtml(`<h1>Sandbox partner</h1><p>This customer is known here.</p><ul>${list.join('')}</ul>`);
  if (url.pathname === '/events' && request.method === 'POST') return receiveEvent(call);
  // For tests: any content, any claims, any signer.
  if (url.pathname === '/token' && request.method === 'POST') {
    type TokenRequest = { content: LinkContent; changes?: Claims; signKey?: string };
    const { content, changes, signKey } = JSON.parse(body) as TokenRequest;
    const signer = signKey === undefined ? keys.signKey : Buffer.from(signKey);
    return sendResponse(response, 200, createToken(content, { ...keys, signKey: signer }, changes));
  }
  // For tests: a page that posts the token in its address.
  if (url.pathname === '/post') return sendHtml(renderPostForm(url.searchParams.get('token') ?? ''));
  // For tests: a page that embeds the token in its address.
  const lang = url.searchParams.get('lang') === 'en' ? 'en' : 'es';
  const givenToken = url.searchParams.get('token');
  if (url.pathname === '/embedded' && givenToken !== null)
    return sendHtml(renderEmbeddedPage(audience, givenToken, lang));
  const [, way, name = ''] = /^\/(link|embedded)\/(\w+)$/.exec(url.pathname) ?? [];
  const partnerCase = CASES[name];
  if (!partnerCase) return sendResponse(response, 404, 'No such case');
  const token = createToken(partnerCase.content, keys);
  if (way === 'embedded') return sendHtml(renderEmbeddedPage(audience, token, lang));
  if (url.searchParams.get('by') === 'post') return sendHtml(renderPostForm(token));
  return sendResponse(response, 302, '', { location: `${audience}/partner#${token}` });
});
announceReady({ partner: origin, partnerControl: await control.serve('SANDBOX_PARTNER_CONTROL_PORT', 4042) });
