import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { applyNext, Control } from '../control.ts';
import { announceReady, type Call, listen, sendResponse } from '../http.ts';
import { Applications } from './applications.ts';
import { CASES } from './cases.ts';
import { type Claims, createToken, type LinkContent } from './create-token.ts';
import { renderEmbeddedPage } from './embedded-page.ts';
import { type ApplicationWithState, renderApplications, renderHomePage, renderLiveApplications } from './home-page.ts';
import { renderPage } from './page.ts';
import { type Lang, readLang, TEXTS } from './texts.ts';

// A partner's site: its server knows customers and sends their browsers to the app, by post or by fragment. The app's webhooks
// tell the server what becomes of each application, and the server requests the state from the app.

const readKeyFile = (variable: string) => readFileSync(process.env[variable] ?? '');
const audience = process.env['SANDBOX_PARTNER_AUDIENCE'] ?? '';
const apiKey = process.env['SANDBOX_PARTNER_API_KEY'] ?? '';
const webhookSecret = process.env['SANDBOX_PARTNER_WEBHOOK_SECRET'] ?? '';
const keys = {
  signKey: readKeyFile('SANDBOX_PARTNER_SIGN_KEY_FILE'),
  sealKey: readKeyFile('SANDBOX_PARTNER_SEAL_KEY_FILE'),
  audience,
};
const control = new Control();
const applications = new Applications();

/** Renders a form that posts a token to the app. */
const renderPostForm = (token: string, lang: Lang) =>
  `<form method="post" action="${audience}/partner"><input type="hidden" name="token" value="${token}"><button>${TEXTS[lang].post}</button></form>`;

const sendHtml = ({ response }: Call, text: string) =>
  sendResponse(response, 200, text, { 'content-type': 'text/html; charset=utf-8' });

/** Makes the token of a case for a new application. A token expires soon, so it is made when the browser requests the page. */
function createCaseToken(name: string, content: LinkContent, lang: Lang): { token: string; reference: string } {
  const reference = `order-${randomUUID().slice(0, 8)}`;
  applications.add(reference, name);
  const token = createToken({ lang, reference, return_url: `${origin}/?lang=${lang}`, ...content }, keys);
  return { token, reference };
}

/** Asks the app for the state of an application. */
async function readState(reference: string): Promise<string> {
  const headers = { authorization: `Bearer ${apiKey}` };
  const response = await fetch(`${audience}/api/applications/${reference}`, { headers }).catch(() => undefined);
  return response?.ok ? ((await response.json()) as { state: string }).state : 'unknown';
}

/** @param reference limits the list to the application with this reference */
const listApplications = (reference?: string | null): Promise<ApplicationWithState[]> =>
  Promise.all(
    applications
      .list()
      .filter((application) => !reference || application.reference === reference)
      .map(async (application) => ({ ...application, state: await readState(application.reference) })),
  );

/** Records an event under the partner's reference of the application, or under the app's id of it, and verifies it. */
async function receiveEvent(call: Call): Promise<void> {
  const { data } = JSON.parse(call.body) as { data: { application: string; partnerReference?: string } };
  const key = data.partnerReference ?? data.application;
  const entry = control.record(key, call);
  if (await applyNext(call, entry, control.takeNext(key))) return;
  try {
    applications.receive(call, webhookSecret);
    entry.status = 204;
  } catch {
    entry.status = 401;
  }
  sendResponse(call.response, entry.status);
}

/** Tells a page of each new event, without its content (server-sent events, HTML Standard 9.2). */
function streamChanges({ response }: Call): void {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  response.write(': open\n\n');
  response.on(
    'close',
    applications.onEvent(() => response.write('data: changed\n\n')),
  );
}

/** Pages for tests: a token of any content, claims and signer; a page that posts a token, and one that embeds it. */
function serveTestPage(call: Call, lang: Lang): boolean {
  const { request, response, url, body } = call;
  const givenToken = url.searchParams.get('token') ?? '';
  switch (`${request.method} ${url.pathname}`) {
    case 'POST /token': {
      type TokenRequest = { content: LinkContent; changes?: Claims; signKey?: string };
      const { content, changes, signKey } = JSON.parse(body) as TokenRequest;
      const signer = signKey === undefined ? keys.signKey : Buffer.from(signKey);
      sendResponse(response, 200, createToken(content, { ...keys, signKey: signer }, changes));
      return true;
    }
    case 'GET /post':
      sendHtml(call, renderPage(lang, renderPostForm(givenToken, lang)));
      return true;
    case 'GET /embedded':
      sendHtml(call, renderPage(lang, renderEmbeddedPage(audience, givenToken, lang)));
      return true;
    default:
      return false;
  }
}

async function serveCase(call: Call, lang: Lang): Promise<void> {
  const [, way, name = ''] = /^\/(link|embedded)\/(\w+)$/.exec(call.url.pathname) ?? [];
  const partnerCase = CASES[name];
  if (!partnerCase) return sendResponse(call.response, 404, 'No such case');
  const { token, reference } = createCaseToken(name, partnerCase.content, lang);
  if (way === 'embedded') {
    const list = renderLiveApplications(await listApplications(reference), lang, reference);
    const home = `<p><a href="/?lang=${lang}">${TEXTS[lang].home}</a></p>`;
    return sendHtml(call, renderPage(lang, renderEmbeddedPage(audience, token, lang, list + home)));
  }
  if (call.url.searchParams.get('by') === 'post') return sendHtml(call, renderPage(lang, renderPostForm(token, lang)));
  sendResponse(call.response, 302, '', { location: `${audience}/partner#${token}` });
}

const origin = await listen('SANDBOX_PARTNER_PORT', 4040, async (call) => {
  const { request, url } = call;
  const lang = readLang(url, request.headers['accept-language']);
  const reference = url.searchParams.get('reference');
  if (serveTestPage(call, lang)) return;
  switch (`${request.method} ${url.pathname}`) {
    case 'GET /':
      return sendHtml(call, renderPage(lang, renderHomePage(await listApplications(), lang, url.searchParams)));
    case 'GET /applications':
      return sendHtml(call, renderApplications(await listApplications(reference), lang));
    case 'GET /changes':
      return streamChanges(call);
    case 'POST /events':
      return receiveEvent(call);
    default:
      return serveCase(call, lang);
  }
});
announceReady({ partner: origin, partnerControl: await control.serve('SANDBOX_PARTNER_CONTROL_PORT', 4042) });
