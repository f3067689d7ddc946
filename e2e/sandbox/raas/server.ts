/** Stand-in for Leap Financial's RaaS API and for the short links it returns. `../README.md` describes it. */
import { randomInt } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { applyNext, Control } from '../control.ts';
import { announceReady, type Call, listen, sendResponse } from '../http.ts';
import { decrypt, encrypt } from '../jwe.ts';
import { renderLandingPage } from './landing.ts';
import { checkEmail, checkPhone, checkRegisterUser, checkSessionLink, type Refusal } from './rules.ts';
import { normalizePhone, type User, Users } from './users.ts';

type Json = Record<string, unknown>;
type Answer = { status: number; body: unknown };

/** `key=scope` pairs. */
const SCOPE_BY_KEY = new Map(
  (process.env['SANDBOX_RAAS_KEYS'] ?? 'sandbox-partner-key=partner_full,sandbox-send-key=partner_send')
    .split(',')
    .map((pair) => pair.split('=') as [string, string]),
);
const TENANT_COUNTRY = process.env['SANDBOX_RAAS_COUNTRY'] ?? 'MX';
const ANY_SCOPE = ['partner', 'partner_full', 'partner_send', 'partner_dual'];
const LOOKUP_SCOPES = ['partner', 'partner_full', 'partner_dual'];

const control = new Control();
const users = new Users();
const accounts = new Map<string, Set<string>>();
const links = new Map<string, 'en' | 'es'>();

const toSuccess = (body: Json): Answer => ({ status: 200, body });
const toRefusal = (status: number, refusal: Partial<Refusal>): Answer => ({ status, body: refusal });

function createLink(lang: unknown): string {
  const letters = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz0123456789';
  const code = Array.from({ length: 5 }, () => letters[randomInt(letters.length)]).join('');
  links.set(code, lang === 'es' ? 'es' : 'en');
  return `${process.env['SANDBOX_LINK_ORIGIN'] ?? linkOrigin}/${code}`;
}

/** The vendor's pages say both 401 and 403 for a key without the scope; which one is a switch of ours. */
function checkKey({ request }: Call, key: string, scopes: readonly string[]): Answer | null {
  const scope = SCOPE_BY_KEY.get(String(request.headers['api_key'] ?? ''));
  if (scope === undefined) {
    const reason = 'Missing or invalid API key';
    return toRefusal(
      401,
      control.getSetting(key, 'errorCodes', true) ? { code: 'ERROR_UNAUTHORIZED', reason } : { reason },
    );
  }
  if (scopes.includes(scope)) return null;
  return toRefusal(control.getSetting(key, 'scopeStatus', 403), { reason: 'Partner does not have the required scope' });
}

function createSessionLink(body: Json, key: string): Answer {
  const phone = String(body['phoneNumber']);
  const email = typeof body['email'] === 'string' ? body['email'] : undefined;
  const existingUser = users.findByPhone(phone) ?? (email ? users.findByEmail(email) : undefined);
  const addedAccounts = (existingUser && accounts.get(existingUser.userId)) ?? new Set<string>();
  const unknownKeys = control.getSetting<string>(key, 'unknownKeys', 'refuse');
  const refusal = checkSessionLink(body, { now: new Date(), unknownKeys, addedAccounts });
  if (refusal) return toRefusal(400, refusal);
  if (existingUser && control.getSetting<string>(key, 'existingUser', 'link') === 'refuse') {
    return toRefusal(400, { code: 'ERROR_USER_ALREADY_ENROLLED', reason: 'User already enrolled' });
  }
  const user = existingUser ?? users.add(phone, email, 'Completed');
  const account = (body['ubnParams'] as Json | undefined)?.['number'];
  // The vendor publishes for the stand-alone route only that it refuses a repeated account.
  if (account && control.getSetting<string>(key, 'repeatedAccount', 'accept') === 'refuse') {
    accounts.set(user.userId, addedAccounts.add(String(account)));
  }
  const method = body['addCardParams'] ? { paymentMethodStatus: 'ValidCard' } : {};
  return toSuccess({ ...method, link: createLink(body['lang']), status: 'Completed', statusDetail: 'None' });
}

/** With both given, the e-mail wins and the phone is ignored: the vendor says so. */
function getUserToken({ phoneNumber, email, countryCode }: Json): Answer {
  let user: User | undefined;
  if (typeof email === 'string') {
    const refusal = checkEmail(email);
    if (refusal) return toRefusal(400, refusal);
    user = users.findByEmail(email);
  } else if (typeof phoneNumber === 'string') {
    const refusal = checkPhone(phoneNumber);
    if (refusal) return toRefusal(400, refusal);
    if (phoneNumber.startsWith('+52') && countryCode !== undefined && countryCode !== 'MX') {
      return toRefusal(400, { code: 'ERROR_COUNTRY_NOT_SUPPORTED', reason: 'Country does not match the phone' });
    }
    user = users.findByPhone(phoneNumber);
  } else {
    return toRefusal(400, { code: 'ERROR_INVALID_SCHEMA', reason: 'phoneNumber or email is required' });
  }
  if (!user) return toRefusal(404, { code: 'ERROR_USER_NOT_FOUND', reason: 'User not found.' });
  const { userId, status } = user;
  user.status = 'Completed'; // registering is asynchronous: the first look sees OnProcess, later ones the end
  return toSuccess({ userId, status });
}

function registerUser(body: Json): Answer {
  const refusal = checkRegisterUser(body, { now: new Date(), country: TENANT_COUNTRY });
  if (refusal) return toRefusal(400, refusal);
  const phone = String(body['phoneNumber']);
  const email = body['email'] as string | undefined;
  if (users.findByPhone(phone) ?? (email && users.findByEmail(email))) {
    return toRefusal(400, { code: 'ERROR_USER_ALREADY_ENROLLED', reason: 'User already enrolled' });
  }
  const { userId, status } = users.add(phone, email, 'OnProcess');
  return toSuccess({ userId, status });
}

function createEnrolledLink(userId: string): Answer {
  if (!users.findById(userId)) return toRefusal(400, { reason: 'Invalid userToken or request body.' });
  return toSuccess({ link: createLink(undefined), status: 'Completed', statusDetail: 'None' });
}

const POST_ROUTES: Record<string, { scopes: readonly string[]; run: (body: Json, key: string) => Answer }> = {
  '/v1/auth/sessionlink-v2': { scopes: ANY_SCOPE, run: createSessionLink },
  '/v1/auth/get-user-token-v2': { scopes: LOOKUP_SCOPES, run: getUserToken },
  '/v1/auth/register-user-v2': { scopes: LOOKUP_SCOPES, run: registerUser },
};

function parseObject(text: string): Json | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : null;
  } catch {
    return null;
  }
}

function buildAnswer(call: Call, key: string, body: Json | null): Answer {
  const post = POST_ROUTES[call.url.pathname];
  const refusal = checkKey(call, key, post?.scopes ?? ANY_SCOPE);
  if (refusal) return refusal;
  if (!post) return createEnrolledLink(key);
  const isJson = /^application\/json\b/.test(call.request.headers['content-type'] ?? '');
  return isJson && body
    ? post.run(body, key)
    : toRefusal(400, { reason: 'Validation failed on session link payload.' });
}

/** Request4R: the same endpoints under a prefix, with bodies as JWE both ways (docs/vendor-notes.md#6-raas-transports). */
const REQUEST4R = '/v1/partners/request4r';
const vendorKeyFile = process.env['SANDBOX_RAAS_REQUEST4R_PRIVATE_KEY_FILE'];
const partnerKeyFile = process.env['SANDBOX_RAAS_REQUEST4R_PARTNER_KEY_FILE'];
const encryptionKeys =
  vendorKeyFile && partnerKeyFile
    ? { vendors: readFileSync(vendorKeyFile), partners: readFileSync(partnerKeyFile) }
    : null;

/** Opens a sealed call and seals what is answered to it. Null when it cannot be opened. */
function decryptCall(call: Call): Call | null {
  if (!encryptionKeys) return null;
  const { response, url, body } = call;
  const plaintext = body === '' ? '' : decrypt(body, encryptionKeys.vendors);
  if (plaintext === null) return null;
  const { reference_id: reference, ...rest } = plaintext === '' ? {} : (parseObject(plaintext) ?? {});
  if (plaintext !== '' && typeof reference !== 'string') return null;
  const end = response.end.bind(response);
  const writeHead = response.writeHead.bind(response);
  response.writeHead = ((status: number, headers: Record<string, string>) =>
    writeHead(status, { ...headers, 'content-type': 'application/jose' })) as typeof response.writeHead;
  response.end = ((text: string) => end(encrypt(text, encryptionKeys.partners))) as typeof response.end;
  call.request.headers['content-type'] = 'application/json';
  const path = new URL(url);
  path.pathname = `/v1${url.pathname.slice(REQUEST4R.length)}`;
  return { ...call, url: path, body: plaintext === '' ? '' : JSON.stringify(rest), reference: reference as string };
}

async function handleCall(call: Call): Promise<void> {
  if (!call.url.pathname.startsWith(`${REQUEST4R}/`)) return handlePlainCall(call);
  const decryptedCall = decryptCall(call);
  if (decryptedCall) return handlePlainCall(decryptedCall);
  sendResponse(call.response, 400, { code: 'ERROR_INVALID_JWE_PAYLOAD', reason: 'The body cannot be decrypted' });
}

async function handlePlainCall(call: Call): Promise<void> {
  const { request, response, url } = call;
  const enrolledMatch = request.method === 'GET' ? /^\/v1\/auth\/sessionlink-v4\/([^/]+)$/.exec(url.pathname) : null;
  if (!enrolledMatch && !(request.method === 'POST' && POST_ROUTES[url.pathname])) {
    return sendResponse(response, 404, { reason: 'Not found' });
  }
  const body = parseObject(call.body);
  const key = enrolledMatch?.[1] ?? normalizePhone(String(body?.['phoneNumber'] ?? body?.['email'] ?? ''));
  const entry = control.record(key, call);
  const next = control.takeNext(key, url.pathname, '/auth/sessionlink-v2');
  // A steered error answer stands for work that was not done. Everything else is done first and then answered as
  // steered: this is how a slow or lost answer after the user was stored comes about.
  const isSkipped = next?.done === undefined ? (next?.status ?? 0) >= 400 : !next.done;
  const defaultAnswer = isSkipped ? null : buildAnswer(call, key, body);
  if ((await applyNext(call, entry, next)) || !defaultAnswer) return;
  entry.status = defaultAnswer.status;
  sendResponse(response, defaultAnswer.status, defaultAnswer.body);
}

const linkOrigin = await listen('SANDBOX_LINK_PORT', 4011, ({ response, url }) => {
  const lang = links.get(url.pathname.slice(1));
  if (!lang) return sendResponse(response, 404, 'No such link');
  sendResponse(response, 200, renderLandingPage(lang), { 'content-type': 'text/html; charset=utf-8' });
});
const apiOrigin = await listen('SANDBOX_RAAS_PORT', 4010, handleCall);
/** Mutual TLS: the same API on a port of its own for who shows a certificate that the given authority signed. */
const tls = process.env['SANDBOX_RAAS_TLS_FOLDER'];
const tlsOrigin = tls
  ? await listen('SANDBOX_RAAS_TLS_PORT', 4013, handleCall, {
      key: readFileSync(join(tls, 'server.key')),
      cert: readFileSync(join(tls, 'server.crt')),
      ca: readFileSync(join(tls, 'authority.crt')),
      requestCert: true,
      rejectUnauthorized: true,
    })
  : undefined;
const controlOrigin = await control.serve('SANDBOX_RAAS_CONTROL_PORT', 4012);
announceReady({
  ...(tlsOrigin && { raasTls: tlsOrigin }),
  raas: apiOrigin,
  links: linkOrigin,
  raasControl: controlOrigin,
});
