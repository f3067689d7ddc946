import 'server-only';
import { readFileSync } from 'node:fs';
import * as z from 'zod/mini';
import { ConfigurationError } from '../config/configuration-error.ts';
import { getEnv } from '../config/env.ts';
import { isLoopback } from '../config/env-schema.ts';
import { getProcessSingleton } from '../config/process-singleton.ts';
import { APPLICATION_EVENT_TYPES, type ApplicationEvent } from '../domain/events/application-event.ts';
import { isPublicAddress } from './public-address.ts';
import { parseSigningKey, type SigningKey } from './signing-keys.ts';

/** An endpoint of the partner's server. */
export type WebhookEndpoint = {
  /** Part of each event's id: a renamed endpoint is a new one. */
  name: string;
  url: URL;
  keys: readonly SigningKey[];
  types: readonly ApplicationEvent['type'][];
};

/** The old and the new secret of each scheme. */
const MAX_SECRETS = 4;

const signingKey = z.pipe(
  z.string(),
  z.transform((text, context): SigningKey => {
    const key = parseSigningKey(text);
    if (key) return key;
    context.issues.push({ code: 'custom', input: undefined, message: 'is not a secret' });
    return z.NEVER;
  }),
);

const fileSchema = z.strictObject({
  endpoints: z.array(
    z.strictObject({
      name: z.string().check(z.regex(/^[a-z0-9-]{1,32}$/)),
      url: z.string().check(z.refine(URL.canParse)),
      secrets: z.array(signingKey).check(z.minLength(1), z.maxLength(MAX_SECRETS)),
      types: z._default(z.array(z.enum(APPLICATION_EVENT_TYPES)).check(z.minLength(1)), [...APPLICATION_EVENT_TYPES]),
    }),
  ),
});

/**
 * Returns the partner's endpoints, read once; none without `WEBHOOKS_FILE`.
 *
 * @throws ConfigurationError that names the variable and the place in the file, never a value: the boot calls this first
 */
export function getWebhookEndpoints(): readonly WebhookEndpoint[] {
  const { WEBHOOKS_FILE, APP_ENV } = getEnv();
  return WEBHOOKS_FILE
    ? getProcessSingleton('webhook-endpoints', () => readEndpoints(WEBHOOKS_FILE, APP_ENV === 'local'))
    : [];
}

function readEndpoints(file: string, isLocal: boolean): WebhookEndpoint[] {
  const parsed = fileSchema.safeParse(readJson(file));
  if (!parsed.success) throw createError(parsed.error.issues[0]?.path.join('.') ?? 'the file');
  const endpoints = parsed.data.endpoints.map(({ name, url, secrets: keys, types }, index) => {
    if (!isAllowedUrl(new URL(url), isLocal)) throw createError(`endpoints.${index}.url`);
    return { name, url: new URL(url), keys, types };
  });
  if (new Set(endpoints.map(({ name }) => name)).size < endpoints.length) throw createError('names');
  return endpoints;
}

const createError = (place: string) => new ConfigurationError(`WEBHOOKS_FILE (${place})`);

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    // The cause may quote the file, which has secrets.
    throw new ConfigurationError('WEBHOOKS_FILE');
  }
}

/** `local` reaches this machine only. Names are resolved, and their addresses checked, when an event is sent. */
function isAllowedUrl({ protocol, hostname, username, password, hash }: URL, isLocal: boolean): boolean {
  if (username !== '' || password !== '' || hash !== '') return false;
  if (isLocal) return isLoopback(hostname) && (protocol === 'http:' || protocol === 'https:');
  return protocol === 'https:' && !isLoopback(hostname) && isPublicAddress(hostname) !== false;
}
