import { readdirSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { listServerActions } from '../pages/server-actions.ts';

/** A request as its bytes: a client that follows no rule sends it. */
export type JunkRequest = { method: string; target: string; headers: readonly string[]; body: string };

const UUID = '0f5c3b1e-8d57-4b8e-9c53-6a7f0a1b2c3d';
const FORGED_LINE = '{"level":30,"event":"agent.signed-in","role":"compliance","shop":"s"}';

const PARAMS = [
  UUID,
  '-'.repeat(36),
  `%5B%22${UUID}%22%5D`,
  `x%0A${encodeURIComponent(FORGED_LINE)}%0A%00`,
  '%00',
  '%ff',
  '%',
  '%zz',
  '%C3%28',
  '%ed%a0%80',
  '\u00e9',
  '__proto__',
  'constructor',
  'identity',
  'card',
  'review',
  'x'.repeat(3_000),
  '%F0%9F%92%A9',
  '[case]',
  '$n1x',
  'a;b=c',
  "'",
  '',
];

const QUERIES = [
  '',
  '',
  '?_rsc=x',
  '?%ff',
  '?%',
  '?a[]=1&a[b]=2',
  `?${'a=1&'.repeat(400)}`,
  '?lang=%00&problem=constructor&only=__proto__&scheme=__proto__',
  '?enrolment=__proto__&code=constructor&of=%ff',
  '?from=0000-00-00&to=9999-99-99&by=__proto__&table=constructor',
  '?from=2026-01-01&from=2026-01-02&by=agent&by=all&table=funnel&table=errors',
  '?from=-271821-04-20&to=275760-09-13',
  '?code=x&state=%00&iss=x',
  '?what=__proto__',
  `?%0A${encodeURIComponent(FORGED_LINE)}`,
];

const METHODS = [
  'GET',
  'GET',
  'POST',
  'POST',
  'POST',
  'HEAD',
  'PUT',
  'DELETE',
  'OPTIONS',
  'TRACE',
  'PROPFIND',
  'M-SEARCH',
];

/** Headers that change what a framework or a server does, with values that they do not expect. */
const HEADERS = [
  'rsc: 1',
  'rsc: 0',
  'next-router-state-tree: %5B',
  'next-router-state-tree: %ff',
  'next-router-state-tree: ["",{},null,"refetch"]',
  `next-router-state-tree: ${encodeURIComponent('["",{"children":["x",{"__proto__":[]}]}]')}`,
  `next-router-state-tree: ${'%5B'.repeat(2_000)}`,
  'next-router-prefetch: 1',
  'next-router-prefetch: 2',
  'next-router-segment-prefetch: /_tree',
  'next-router-segment-prefetch: %ff',
  'next-url: %ff',
  'next-url: /en/%00',
  'next-resume: 1',
  'next-html-request-id: \u00ff',
  'x-nextjs-data: 1',
  'x-nextjs-postponed: 1',
  'x-action-forwarded: 1',
  'x-action-redirect: http://127.0.0.1:1/',
  'x-middleware-subrequest: proxy:proxy:proxy:proxy:proxy',
  'x-middleware-rewrite: http://127.0.0.1:1/',
  'x-middleware-next: 1',
  'x-middleware-set-cookie: a=b',
  'x-prerender-revalidate: x',
  'x-prerender-revalidate-if-generated: 1',
  'x-next-revalidated-tags: a',
  'x-next-cache-tags: a',
  'x-matched-path: /%ff',
  'x-now-route-matches: 1=%ff',
  'x-invoke-path: /x',
  'x-invoke-status: 500',
  'x-invoke-error: {',
  'x-invoke-query: %ff',
  'x-invoke-output: /_error',
  'x-forwarded-for: \u00ff, 1.2.3.4.5',
  'x-forwarded-for: [::1]:x, ::ffff:1.2.3',
  'x-forwarded-proto: gopher',
  'x-forwarded-host: %ff',
  'x-forwarded-port: NaN',
  'x-next-intl-locale: %ff',
  'accept: \u00ff/\u00ff;q=NaN',
  'accept-encoding: gzip;q=NaN, \u00ff',
  'accept-language: \u00ff;q=x, x-x-x, en-u-\u00ff',
  `accept-language: ${'en,'.repeat(1_000)}`,
  'cookie: __Host-draft=%ff; NEXT_LOCALE=%ff; =; a',
  'cookie: __Host-draft=x; __Host-device=%00; __Host-agent=constructor',
  `cookie: ${'a=b; '.repeat(1_000)}`,
  'cookie: __prerender_bypass=x; __next_preview_data=x',
  'range: bytes=5-1,-x',
  'if-none-match: W/"\u00ff',
  'if-modified-since: x',
  'expect: 100-continue',
  'expect: x',
  'te: trailers',
  'upgrade: h2c',
  'connection: upgrade',
  'connection: \u00ff',
  'authorization: Basic \u00ff',
  'purpose: prefetch',
  'save-data: on',
  'user-agent: ',
  'user-agent: Googlebot',
  'user-agent: \u00ff',
  'content-encoding: gzip',
  'content-length: 0',
  'transfer-encoding: chunked',
  'traceparent: 00-x-x-x',
  'origin: null',
  'origin: x',
  'sec-fetch-site: cross-site',
  'referer: %ff',
  'host: %ff',
  'host: evil.example',
];

/** Arguments as the framework writes them between browser and server: references, big numbers, maps, deep lists, none. */
const ARGUMENTS = [
  '',
  '{',
  '[]',
  '{}',
  'null',
  '"en"',
  '[null,null,null,null]',
  '[1,2,3]',
  '[["en"],{"a":1},true]',
  '["en"]',
  `["en","${UUID}"]`,
  `["en",["${UUID}"]]`,
  `["en","${'-'.repeat(36)}"]`,
  `["en","${UUID}","identity"]`,
  '["en","identity"]',
  '["en","__proto__"]',
  '["__proto__","constructor"]',
  '["es","identity",null,"$K1"]',
  '["$K1"]',
  '["en","$K9"]',
  `["$n1x\\n${FORGED_LINE.replaceAll('"', '\\"')}\\n"]`,
  '["$n1"]',
  '["$n-"]',
  '["$undefined","$NaN","$Infinity","$-0","$-Infinity"]',
  '["$D","$Dx","$D2026-01-01T00:00:00.000Z"]',
  '["$Q1","$W1"]',
  '["$i1"]',
  '["$F1"]',
  '["$F"]',
  '["$h1"]',
  '["$@1"]',
  '["$@0"]',
  '["$0"]',
  '["$1:constructor:constructor"]',
  '["$1:__proto__:then"]',
  '["$T"]',
  '["$S"]',
  '["$B1"]',
  '["$O1","$o1","$U1","$S1","$s1","$L1","$l1","$G1","$g1","$M1","$m1","$V1","$A1"]',
  '["$R1","$r1","$X1","$x1","$C"]',
  '["$P"]',
  '["$$"]',
  '["$"]',
  '["\\ud800"]',
  '["\\u0000"]',
  `["${'x'.repeat(50_000)}"]`,
  `${'['.repeat(14_000)}${']'.repeat(14_000)}`,
  `${'['.repeat(14_000)}`,
  `[${'1,'.repeat(2_000)}1]`,
  `[${'["en"],'.repeat(300)}1]`,
  `{"then":"$1:then","status":"resolved_model","value":"{}","_response":{}}`,
];

const BOUNDARY = 'junk-boundary';
const FORM_TYPES = [
  `multipart/form-data; boundary=${BOUNDARY}`,
  `multipart/form-data; boundary=${BOUNDARY}`,
  'multipart/form-data',
  'multipart/form-data; boundary=',
  'multipart/form-data; boundary="',
  'multipart/form-data; boundary=other',
  `multipart/form-data; boundary=${'b'.repeat(200)}`,
  'multipart/form-data;charset=utf-16; boundary=\u00ff',
  'application/x-www-form-urlencoded',
  'application/x-www-form-urlencoded; charset=\u00ff',
  'text/plain;charset=UTF-8',
  'application/csp-report',
  'application/reports+json',
  'application/json',
  '',
];

const FIELDS: readonly (readonly [string, string])[] = [
  ['lang', 'en'],
  ['lang', '__proto__'],
  ['case', UUID],
  ['case', '-'.repeat(36)],
  ['case', `["${UUID}"]`],
  ['case', ''],
  ['path', `/en/assist/cases/${UUID}/identity`],
  ['path', `/en/assist/cases/${'-'.repeat(36)}/identity`],
  ['path', '\u0000'],
  ['token', ''],
  ['token', 'x'.repeat(200)],
  ['token', 'a.b.c.d.e'],
  ['code', '\u0000'],
  ['ends', 'x'],
  ['ends', UUID],
  ['isShared', 'yes'],
  ['switchTo', 'constructor'],
  ['shownErrors', '{'],
  ['shownErrors', '{"__proto__":"x"}'],
  ['consent', '__proto__'],
  ['phoneNumber', '\u0000'],
  ['phoneNumber', '+5255\ud83d\ude00'],
  ['firstName', 'x'.repeat(60_000)],
  ['firstName', '\u0000'],
  ['dob.day', 'NaN'],
  ['__proto__', 'x'],
  ['constructor', 'x'],
  ['callLocationLatitude', '1e999'],
  ['decision', '__proto__'],
  ['reference', '\ud83d\ude00'],
  ['$ACTION_KEY', 'k00000000000000000000000000000000'],
  ['$ACTION_ID_', ''],
  ['$ACTION_ID_00000000000000000000000000000000000000000a', ''],
  ['$ACTION_REF_', ''],
  ['$ACTION_REF_1', ''],
  ['$ACTION_1:0', '{'],
  ['0', '["$K1"]'],
  ['1', '"x"'],
  ['1_name', 'x'],
];

/** A sequence that is the same for the same seed (mulberry32): what a run has found, the next one finds, too. */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let bits = Math.imul(state ^ (state >>> 15), state | 1);
    bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61);
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The address of every page and route of the app, with its parameters' names in brackets. */
function listRoutes(): string[] {
  return readdirSync('app', { recursive: true, withFileTypes: true })
    .filter((entry) => /^(page\.tsx|route\.ts)$/.test(entry.name))
    .map(({ parentPath, name }) => dirname(join(parentPath, name)).split(sep).slice(1))
    .map((parts) => `/${parts.filter((part) => !part.startsWith('(')).join('/')}`);
}

type Options = { seed: number; count: number; origin: string; cookies: readonly string[] };

/**
 * Requests to every address with methods, parameters, headers and bodies that no page of ours sends.
 *
 * @param cookies one of them, or none, goes along: faults behind a sign-in are found, too
 */
export function createJunkRequests({ seed, count, origin, cookies }: Options): JunkRequest[] {
  const random = createRandom(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const pickSome = <T>(list: readonly T[], max: number): T[] =>
    Array.from({ length: Math.floor(random() * (max + 1)) }, () => pick(list));
  const routes = [
    ...listRoutes(),
    '/',
    '/[x]',
    '/en/[x]',
    '/_next/[x]',
    '/_next/static/[x]',
    '/_next/image',
    '/brand/[x]',
  ];
  const ids = [...listServerActions().values(), '0'.repeat(42), 'x', '\u00ff', ''];
  const createTarget = () =>
    pick(routes).replace(/\[([^\]]+)\]/g, (_, name) =>
      name === 'locale' && random() < 0.9 ? pick(['en', 'es']) : pick(PARAMS),
    ) + pick(QUERIES);

  const formatField = ([name, value]: readonly [string, string]) =>
    `--${BOUNDARY}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
  const createBoundAction = (): (readonly [string, string])[] => [
    ['$ACTION_REF_1', ''],
    ['$ACTION_1:0', JSON.stringify({ id: pick(ids), bound: pick(['$@1', '$@2', '$1', null, [], 7]) })],
    ['$ACTION_1:1', pick(ARGUMENTS)],
  ];
  const createCallArguments = (): (readonly [string, string])[] => [[pick(['0', '1']), pick(ARGUMENTS)]];
  const createForm = () => {
    const fields = [
      ...pick([createBoundAction, createBoundAction, createCallArguments, () => []])(),
      ...pickSome(FIELDS, 4),
    ];
    const end = pick(['--\r\n', '--\r\n', '--\r\n', '', '\r\n', 'x']);
    return `${fields.map(formatField).join('')}--${BOUNDARY}${end}`;
  };
  const createUrlencoded = () => new URLSearchParams(pickSome(FIELDS, 5).map((pair) => [...pair])).toString();
  const createReport = () =>
    pick(['', '{', '[]', '[null]', '[{"body":null}]', '{"csp-report":{"effective-directive":"__proto__"}}']);

  function createPost(): { headers: string[]; body: string } {
    const type = pick(FORM_TYPES);
    const isMultipart = type.startsWith('multipart');
    const body = isMultipart
      ? createForm()
      : /^application\/(csp|rep)/.test(type)
        ? createReport()
        : pick([createUrlencoded, () => pick(ARGUMENTS)])();
    const call = random() < 0.4 ? [`next-action: ${pick(ids)}`] : [];
    return { headers: [`content-type: ${type}`, ...call], body };
  }

  return Array.from({ length: count }, () => {
    const method = pick(METHODS);
    const { headers, body } = method === 'POST' || random() < 0.05 ? createPost() : { headers: [], body: '' };
    const cookie = random() < 0.5 ? [`cookie: ${pick(cookies)}`] : [];
    const originHeaders = random() < 0.95 ? [`origin: ${origin}`, 'sec-fetch-site: same-origin'] : [];
    const oddHeaders = random() < 0.5 ? pickSome(HEADERS, 3) : [];
    return { method, target: createTarget(), headers: [...cookie, ...originHeaders, ...headers, ...oddHeaders], body };
  });
}
