import * as z from 'zod/mini';
import { createDataKey, type DataKey, type Keys } from '../crypto/encryption.ts';
import { STATE_FORMATS } from '../domain/address/states.ts';
import { COUNTRY_CODES } from '../domain/countries/countries.ts';
import { findLimitProblems, limitsShape } from './limits-schema.ts';
import { isHostList } from './postgres-hosts.ts';
import { findSampleSecrets, isProtectedDatabase, isWeakKey } from './secret-rules.ts';

const KEY_BYTES = 32;

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

export const isLoopback = (hostname: string) => LOOPBACK.has(hostname);

function parseUrl(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined;
}

const isOrigin = (text: string) => parseUrl(text)?.origin === text;
const isTimeZone = (zone: string) => {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: zone }));
  } catch {
    return false;
  }
};

/** Parses `<id>:<base64>`, or a bare key with the id 1. Undefined unless it has 32 bytes. */
function parseKey(entry: string): DataKey | undefined {
  const [, id = '1', key = ''] = /^(?:([a-z0-9]{1,16}):)?([A-Za-z0-9+/]+=*)$/.exec(entry.trim()) ?? [];
  const bytes = Buffer.from(key, 'base64');
  return bytes.length === KEY_BYTES ? createDataKey(id, bytes) : undefined;
}

/** Comma-separated keys with distinct ids. */
const dataKeys = z.pipe(
  z.string(),
  z.transform((text, context): Keys['data'] => {
    const [first, ...more] = text.split(',').map(parseKey);
    const keys: Keys['data'] | undefined =
      first && more.every((key) => key !== undefined) ? [first, ...more] : undefined;
    if (keys && new Set(keys.map(({ id }) => id)).size === keys.length) return keys;
    context.issues.push({ code: 'custom', input: undefined, message: 'not keys of 32 bytes in base64' });
    return z.NEVER;
  }),
);

const hashKey = z.pipe(
  z.string(),
  z.transform((text, context): DataKey => {
    const key = parseKey(text);
    if (key) return key;
    context.issues.push({ code: 'custom', input: undefined, message: 'not a key of 32 bytes in base64' });
    return z.NEVER;
  }),
);

const optionalText = z.optional(z.string().check(z.minLength(1)));
const origin = z.string().check(z.refine(isOrigin));
const hostList = z.pipe(
  z.string(),
  z.transform((text, context) => {
    const hosts = text.split(',').map((host) => host.trim().toLowerCase());
    const isValid = hosts.every((host) => parseUrl(`https://${host}`)?.host === host);
    if (!isValid) context.issues.push({ code: 'custom', input: undefined, message: 'not a list of hosts' });
    return hosts;
  }),
);

/** An origin that may become a part of a policy: no wildcard and none of a policy's separators. */
const PARTNER_ORIGIN = /^https?:\/\/[a-z0-9.-]{1,253}(:\d{1,5})?$/;
/** Comma-separated origins, each exactly as a browser writes it. */
const originList = z.pipe(
  z.string(),
  z.transform((text, context) => {
    const origins = text.split(',').map((part) => part.trim());
    const isValid = origins.every((part) => PARTNER_ORIGIN.test(part) && isOrigin(part));
    if (!isValid) context.issues.push({ code: 'custom', input: undefined, message: 'not a list of origins' });
    return origins;
  }),
);

/** Comma-separated keys of at least 32 characters that a header can carry (RFC 6750, section 2.1). */
const bearerKeys = z.pipe(
  z.string(),
  z.transform((text, context) => {
    const keys = text.split(',').map((entry) => entry.trim());
    const isValid = keys.every((key) => /^[\w.~+/-]{32,128}=*$/.test(key));
    if (!isValid) context.issues.push({ code: 'custom', input: undefined, message: 'not keys of 32 characters' });
    return keys;
  }),
);

export const envSchema = z.object({
  APP_ENV: z.enum(['local', 'sandbox', 'live']),
  APP_ORIGIN: origin,
  DATABASE_URL: z.optional(z.string().check(z.regex(/^postgres(ql)?:\/\//), z.refine(isHostList))),
  DATABASE_PREPARED_STATEMENTS: z._default(z.enum(['on', 'off']), 'on'),
  DATABASE_ACCEPT_LOSS: z._default(z.enum(['no', 'yes']), 'no'),
  DATA_DIR: z._default(z.string().check(z.minLength(1)), '.data'),
  DATA_KEY: dataKeys,
  HASH_KEY: z.optional(hashKey),
  RAAS_BASE_URL: z.string().check(z.refine((text) => parseUrl(text)?.pathname.endsWith('/v1') === true)),
  RAAS_API_KEY: z.string().check(z.regex(/^[\x21-\x7e]+$/)),
  RAAS_LINK_HOSTS: hostList,
  RAAS_CLIENT_P12_FILE: optionalText,
  RAAS_CLIENT_P12_PASSPHRASE: optionalText,
  RAAS_REQUEST4R_ENCRYPT_KEY_FILE: optionalText,
  RAAS_REQUEST4R_DECRYPT_KEY_FILE: optionalText,
  RAAS_COUNTRY: z._default(z.enum(COUNTRY_CODES), 'MX'),
  RAAS_MX_MOBILE_FORM: z._default(z.enum(['documented', 'e164']), 'documented'),
  RAAS_STATE_FORM: z._default(z.enum(STATE_FORMATS), 'short'),
  RAAS_BIRTH_STATE_FORM: z._default(z.enum(STATE_FORMATS), 'iso'),
  RAAS_UBN_BANK_NAME: z._default(z.enum(['omit', 'send']), 'omit'),
  PARTNER_TIME_ZONE: z._default(z.string().check(z.refine(isTimeZone)), 'America/Mexico_City'),
  GOOGLE_MAPS_API_KEY: optionalText,
  GOOGLE_MAPS_API_URL: z.optional(origin),
  VGS_VAULT_ID: optionalText,
  VGS_ENVIRONMENT: z.optional(z.string().check(z.regex(/^(sandbox|live)(-(eu|ap)-\d)?$/))),
  VGS_COLLECT_VERSION: z.optional(z.string().check(z.regex(/^[2-9]\d*\.\d+(\.\d+)?$/))),
  VGS_COLLECT_INTEGRITY: z.optional(z.string().check(z.regex(/^sha(256|384|512)-[A-Za-z0-9+/]+=*$/))),
  VGS_ROUTE_ID: optionalText,
  VGS_MODE: z._default(z.enum(['proxy', 'tokenize']), 'proxy'),
  VGS_COLLECT_URL: z.optional(origin),
  BRAND_FILE: optionalText,
  POSTAL_CODES_FILE: optionalText,
  METRICS_LISTEN: z.optional(z.string().check(z.regex(/^[\w.-]+:\d{1,5}$/))),
  OIDC_ISSUER: z.optional(z.string().check(z.refine((text) => parseUrl(text) !== undefined))),
  OIDC_CLIENT_ID: optionalText,
  OIDC_CLIENT_SECRET: optionalText,
  OIDC_ROLE_CLAIM: z._default(z.string().check(z.minLength(1)), 'role'),
  OIDC_SHOP_CLAIM: z._default(z.string().check(z.minLength(1)), 'shop'),
  PARTNER_LINK_VERIFY_KEY_FILE: optionalText,
  PARTNER_LINK_DECRYPT_KEY_FILE: optionalText,
  WEBHOOKS_FILE: optionalText,
  PARTNER_RETURN_ORIGINS: z._default(originList, []),
  PARTNER_API_KEYS: z._default(bearerKeys, []),
  WALLET_ID_ROOTS_FILE: optionalText,
  EMBED_ORIGINS: z.optional(originList),
  ...limitsShape,
});

export type Env = z.output<typeof envSchema>;

/** Each group needs all of its variables or none. */
const ALL_OR_NONE = [
  ['OIDC_ISSUER', 'OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET'],
  ['RAAS_REQUEST4R_ENCRYPT_KEY_FILE', 'RAAS_REQUEST4R_DECRYPT_KEY_FILE'],
  ['PARTNER_LINK_VERIFY_KEY_FILE', 'PARTNER_LINK_DECRYPT_KEY_FILE'],
] as const;

/** Returns whether a partner's page may be at the origin: only `local` allows `http:`, on this machine. */
const isEmbedOrigin = (origin: string, isLocal: boolean): boolean => {
  const { protocol, hostname } = new URL(origin);
  return isLoopback(hostname) ? isLocal : protocol === 'https:';
};

/** Returns the variables that break a rule over several variables. */
function findCombinationProblems(env: Env): string[] {
  const problems = findLimitProblems(env);
  // Without a hash key, removing the oldest data key would change all hashes.
  if (env.DATA_KEY.length > 1 && !env.HASH_KEY) problems.push('HASH_KEY');
  const isLocal = env.APP_ENV === 'local';
  for (const name of [
    'APP_ORIGIN',
    'RAAS_BASE_URL',
    'GOOGLE_MAPS_API_URL',
    'VGS_COLLECT_URL',
    'OIDC_ISSUER',
  ] as const) {
    const url = parseUrl(env[name] ?? '');
    if (!url) continue;
    // `local` relaxes rules, so it may reach this machine only; the others may not use the relaxed rules.
    if (isLocal ? !isLoopback(url.hostname) : isLoopback(url.hostname) || url.protocol !== 'https:')
      problems.push(name);
  }
  if (!isLocal && env.RAAS_LINK_HOSTS.some((host) => isLoopback(new URL(`https://${host}`).hostname))) {
    problems.push('RAAS_LINK_HOSTS');
  }
  const isPlainOrigin = (text: string) =>
    !(isLocal && isLoopback(new URL(text).hostname)) && !text.startsWith('https:');
  if (env.PARTNER_RETURN_ORIGINS.some(isPlainOrigin)) problems.push('PARTNER_RETURN_ORIGINS');
  if (env.EMBED_ORIGINS?.some((origin) => !isEmbedOrigin(origin, isLocal))) problems.push('EMBED_ORIGINS');
  if (env.APP_ENV === 'live') {
    if (env.GOOGLE_MAPS_API_URL) problems.push('GOOGLE_MAPS_API_URL');
    if (env.VGS_COLLECT_URL) problems.push('VGS_COLLECT_URL');
  }
  if (env.RAAS_CLIENT_P12_PASSPHRASE && !env.RAAS_CLIENT_P12_FILE) problems.push('RAAS_CLIENT_P12_FILE');
  // Only a TLS server asks for a client certificate.
  if (env.RAAS_CLIENT_P12_FILE && parseUrl(env.RAAS_BASE_URL)?.protocol !== 'https:') problems.push('RAAS_BASE_URL');
  for (const names of ALL_OR_NONE) {
    const missing = names.filter((name) => !env[name]);
    if (missing.length < names.length) problems.push(...missing);
  }
  if (env.VGS_VAULT_ID) {
    const isLive = env.APP_ENV === 'live';
    if (!env.VGS_ENVIRONMENT || env.VGS_ENVIRONMENT.startsWith('live') !== isLive) problems.push('VGS_ENVIRONMENT');
    if (!env.VGS_COLLECT_VERSION) problems.push('VGS_COLLECT_VERSION');
    if (isLive && !env.VGS_COLLECT_INTEGRITY) problems.push('VGS_COLLECT_INTEGRITY');
  }
  return problems;
}

/** Returns weak or public secrets outside `local`. Old data keys may be weak, since rotating away from one needs it. */
function findSecretProblems(env: Env, source: Record<string, string | undefined>): string[] {
  if (env.APP_ENV === 'local') return [];
  const problems = findSampleSecrets(source);
  const [active] = env.DATA_KEY;
  if (active && isWeakKey(active)) problems.push('DATA_KEY');
  if (env.HASH_KEY && isWeakKey(env.HASH_KEY)) problems.push('HASH_KEY');
  if (env.APP_ENV === 'live' && env.DATABASE_URL && !isProtectedDatabase(env.DATABASE_URL))
    problems.push('DATABASE_URL');
  // It would disable the certificate checks of database, upstream and identity provider.
  if (source['NODE_TLS_REJECT_UNAUTHORIZED'] === '0') problems.push('NODE_TLS_REJECT_UNAUTHORIZED');
  return problems;
}

/**
 * Parses the environment. Problems name variables and never a value, which may be secret. An empty variable counts as unset.
 */
export function parseEnv(source: Record<string, string | undefined>): { env: Env } | { problems: string[] } {
  const variables = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ''));
  const parsed = envSchema.safeParse(variables);
  if (!parsed.success) return { problems: [...new Set(parsed.error.issues.map(({ path }) => String(path[0])))] };
  const problems = [
    ...new Set([...findCombinationProblems(parsed.data), ...findSecretProblems(parsed.data, variables)]),
  ];
  return problems.length > 0 ? { problems } : { env: parsed.data };
}
