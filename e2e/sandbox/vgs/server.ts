/** Stand-in for VGS: the Collect script, its field frames and the vault's proxy. `../README.md` describes it. */
import { createHash, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { applyNext, Control } from '../control.ts';
import { announceReady, type Call, CORS_HEADERS, listen, sendResponse } from '../http.ts';

const readAsset = (name: string) => readFileSync(new URL(`./${name}`, import.meta.url), 'utf8');
const FILES: Record<string, [string, string]> = {
  'vgs-collect.js': [readAsset('collect-script.js'), 'text/javascript; charset=utf-8'],
  'field.html': [readAsset('field.html'), 'text/html; charset=utf-8'],
  'field.js': [readAsset('field.js'), 'text/javascript; charset=utf-8'],
};

/** The card numbers that VGS, Leap and the networks publish for tests. Any other may be a real card and is rejected. */
const TEST_CARDS = new Set([
  '4111111111111111',
  '4622943127013705',
  '4622943127013713',
  '4622943127013721',
  '4622943127013739',
  '4622943127013747',
  '2222420000001113',
  '2222630000001125',
  '5555555555554444',
  '4242424242424242',
  '5105105105105100',
  '378282246310005',
]);
const BASE58 = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';

const encodeBase58 = (bytes: Buffer) => [...bytes.subarray(0, 22)].map((byte) => BASE58[byte % 58]).join('');

/** Same card, same alias: a vault with fingerprinting. The form is GENERIC_T_FOUR. */
const createNumberAlias = (pan: string) =>
  `tok_sandbox_${encodeBase58(createHash('sha256').update(pan).digest())}_${pan.slice(-4)}`;
const createCodeAlias = () => `tok_sandbox_${encodeBase58(randomBytes(22))}`;

const control = new Control();

/** Replaces what the route redacts, by name: a field under any other name comes back as it was sent. */
function redact(data: Record<string, unknown>): Record<string, unknown> {
  const { CardNumber, Cvv, ...rest } = data;
  return {
    ...(CardNumber === undefined ? {} : { CardNumber: createNumberAlias(String(CardNumber)) }),
    ...(Cvv === undefined ? {} : { Cvv: createCodeAlias() }),
    ...rest,
  };
}

async function handlePost(call: Call): Promise<void> {
  const { response } = call;
  const data = JSON.parse(call.body) as Record<string, unknown>;
  const pan = String(data['CardNumber'] ?? '');
  // The journal keeps the names that came, never a value: the call is recorded without its body.
  const entry = control.record(pan.slice(-4), { ...call, body: JSON.stringify(Object.keys(data)) });
  const next = control.takeNext(pan.slice(-4));
  if (await applyNext(call, entry, next && { ...next, headers: { ...CORS_HEADERS, ...next.headers } })) return;
  if (pan !== '' && !TEST_CARDS.has(pan)) {
    entry.status = 400;
    return sendResponse(response, 400, { error: 'The sandbox takes published test cards only' }, CORS_HEADERS);
  }
  const json = redact(data);
  entry.status = 200;
  sendResponse(response, 200, { data: JSON.stringify(json).slice(0, 80), json }, CORS_HEADERS);
}

type AliasRequest = { value: string; format: string; storage: string };

/** The Vault API's answer in the form that was asked for. The forms that look like card data do, so that they show. */
function createAlias({ value, format }: AliasRequest): string {
  if (format === 'NUM_LENGTH_PRESERVING') return value.replace(/\d/g, '7');
  const alias = value.length > 4 ? createNumberAlias(value) : createCodeAlias();
  return format === 'GENERIC_T_FOUR' ? alias : alias.replace(/_\d{4}$/, '');
}

async function handleTokens(call: Call): Promise<void> {
  const { response } = call;
  const { data } = JSON.parse(call.body) as { data: AliasRequest[] };
  const pan = data.find(({ value }) => value.length > 4)?.value ?? '';
  // Forms and storage are kept, values never.
  const recordedFields = data.map(({ format, storage }) => ({ format, storage }));
  const entry = control.record(pan.slice(-4), { ...call, body: JSON.stringify(recordedFields) });
  if (await applyNext(call, entry, control.takeNext(pan.slice(-4)))) return;
  if (!TEST_CARDS.has(pan)) {
    entry.status = 400;
    return sendResponse(
      response,
      400,
      { errors: [{ status: 400, title: 'The sandbox takes test cards only' }] },
      CORS_HEADERS,
    );
  }
  entry.status = 200;
  const tokenResults = data.map((aliasRequest) => ({
    aliases: [{ alias: createAlias(aliasRequest), format: aliasRequest.format }],
    storage: aliasRequest.storage,
  }));
  sendResponse(response, 200, { data: tokenResults }, CORS_HEADERS);
}

async function handleCall(call: Call): Promise<void> {
  const { request, response, url } = call;
  if (request.method === 'OPTIONS') return sendResponse(response, 204, '', CORS_HEADERS);
  if (request.method === 'POST' && url.pathname === '/post') return handlePost(call);
  if (request.method === 'POST' && url.pathname === '/tokens') return handleTokens(call);
  const name = /^\/vgs-collect\/\d+\.\d+(?:\.\d+)?\/([a-z.-]+)$/.exec(url.pathname)?.[1] ?? '';
  const asset = request.method === 'GET' && Object.hasOwn(FILES, name) ? FILES[name] : undefined;
  if (!asset) return sendResponse(response, 404, { error: 'Not found' }, CORS_HEADERS);
  sendResponse(response, 200, asset[0], { ...CORS_HEADERS, 'content-type': asset[1] });
}

const origin = await listen('SANDBOX_VGS_PORT', 4030, handleCall);
const controlOrigin = await control.serve('SANDBOX_VGS_CONTROL_PORT', 4032);
announceReady({ vgs: origin, vgsControl: controlOrigin });
