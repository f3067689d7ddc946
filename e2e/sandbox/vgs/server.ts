/** Stand-in for VGS: the Collect script, its field frames and the vault's proxy. What it does is told in ../README.md. */
import { createHash, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { applyNext, Control } from '../control.ts';
import { announce, answer, type Call, listen, openCors } from '../http.ts';

const file = (name: string) => readFileSync(new URL(`./${name}`, import.meta.url), 'utf8');
const FILES: Record<string, [string, string]> = {
  'vgs-collect.js': [file('collect-script.js'), 'text/javascript; charset=utf-8'],
  'field.html': [file('field.html'), 'text/html; charset=utf-8'],
  'field.js': [file('field.js'), 'text/javascript; charset=utf-8'],
};

/** The card numbers that VGS, Leap and the networks publish for tests. Anything else may be somebody's and is refused. */
const TEST_CARDS = new Set([
  ...['4111111111111111', '4622943127013705', '4622943127013713', '4622943127013721', '4622943127013739'],
  ...['4622943127013747', '2222420000001113', '2222630000001125', '5555555555554444', '4242424242424242'],
  ...['5105105105105100', '378282246310005'],
]);
const BASE58 = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';

const base58 = (bytes: Buffer) => [...bytes.subarray(0, 22)].map((byte) => BASE58[byte % 58]).join('');

/** Same card, same alias: a vault with fingerprinting. The form is GENERIC_T_FOUR. */
const numberAlias = (pan: string) =>
  `tok_sandbox_${base58(createHash('sha256').update(pan).digest())}_${pan.slice(-4)}`;
const codeAlias = () => `tok_sandbox_${base58(randomBytes(22))}`;

const control = new Control();

/** Replaces what the route redacts, by name: a field under any other name comes back as it was sent. */
function redact(data: Record<string, unknown>): Record<string, unknown> {
  const { CardNumber, Cvv, ...rest } = data;
  return {
    ...(CardNumber === undefined ? {} : { CardNumber: numberAlias(String(CardNumber)) }),
    ...(Cvv === undefined ? {} : { Cvv: codeAlias() }),
    ...rest,
  };
}

async function proxy(call: Call): Promise<void> {
  const { response } = call;
  const data = JSON.parse(call.body) as Record<string, unknown>;
  const pan = String(data['CardNumber'] ?? '');
  // The journal keeps the names that came, never a value: the call is recorded without its body.
  const entry = control.record(pan.slice(-4), { ...call, body: JSON.stringify(Object.keys(data)) });
  const next = control.takeNext(pan.slice(-4));
  if (await applyNext(call, entry, next && { ...next, headers: { ...openCors, ...next.headers } })) return;
  if (pan !== '' && !TEST_CARDS.has(pan)) {
    entry.status = 400;
    return answer(response, 400, { error: 'The sandbox takes published test cards only' }, openCors);
  }
  const json = redact(data);
  entry.status = 200;
  answer(response, 200, { data: JSON.stringify(json).slice(0, 80), json }, openCors);
}

type Wanted = { value: string; format: string; storage: string };

/** The Vault API's answer in the form that was asked for. The forms that look like card data do, so that they show. */
function aliasOf({ value, format }: Wanted): string {
  if (format === 'NUM_LENGTH_PRESERVING') return value.replace(/\d/g, '7');
  const alias = value.length > 4 ? numberAlias(value) : codeAlias();
  return format === 'GENERIC_T_FOUR' ? alias : alias.replace(/_\d{4}$/, '');
}

async function tokens(call: Call): Promise<void> {
  const { response } = call;
  const { data } = JSON.parse(call.body) as { data: Wanted[] };
  const pan = data.find(({ value }) => value.length > 4)?.value ?? '';
  // Forms and storage are kept, values never.
  const kept = data.map(({ format, storage }) => ({ format, storage }));
  const entry = control.record(pan.slice(-4), { ...call, body: JSON.stringify(kept) });
  if (await applyNext(call, entry, control.takeNext(pan.slice(-4)))) return;
  if (!TEST_CARDS.has(pan)) {
    entry.status = 400;
    return answer(response, 400, { errors: [{ status: 400, title: 'The sandbox takes test cards only' }] }, openCors);
  }
  entry.status = 200;
  const answered = data.map((wanted) => ({
    aliases: [{ alias: aliasOf(wanted), format: wanted.format }],
    storage: wanted.storage,
  }));
  answer(response, 200, { data: answered }, openCors);
}

async function serve(call: Call): Promise<void> {
  const { request, response, url } = call;
  if (request.method === 'OPTIONS') return answer(response, 204, '', openCors);
  if (request.method === 'POST' && url.pathname === '/post') return proxy(call);
  if (request.method === 'POST' && url.pathname === '/tokens') return tokens(call);
  const name = /^\/vgs-collect\/\d+\.\d+(?:\.\d+)?\/([a-z.-]+)$/.exec(url.pathname)?.[1] ?? '';
  const found = request.method === 'GET' && Object.hasOwn(FILES, name) ? FILES[name] : undefined;
  if (!found) return answer(response, 404, { error: 'Not found' }, openCors);
  answer(response, 200, found[0], { ...openCors, 'content-type': found[1] });
}

const origin = await listen('SANDBOX_VGS_PORT', 4030, serve);
const controlOrigin = await control.serve('SANDBOX_VGS_CONTROL_PORT', 4032);
announce({ vgs: origin, vgsControl: controlOrigin });
