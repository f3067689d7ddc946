import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { NO_LIMITS } from '../support/stack.ts';
import { LINK_HOST, RAAS_HOST } from './upstream.ts';

/** A name for which Caddy signs a certificate itself instead of asking a public authority. */
export const DOMAIN = 'start.local';
export const APP_ORIGIN = `https://${DOMAIN}`;

/**
 * The settings of `deploy/app.env` as the compose file describes them: `.env.example` without DATABASE_URL, in `live`.
 *
 * @param apiKey the upstream's
 * @returns lines of a file for `--env-file`
 */
export function formatSettings(apiKey: string): string {
  const createKey = () => randomBytes(32).toString('base64');
  const { DATABASE_URL: _, ...sample } = parseEnv(readFileSync('.env.example', 'utf8'));
  const settings = {
    ...sample,
    APP_ENV: 'live',
    APP_ORIGIN,
    DATA_KEY: createKey(),
    HASH_KEY: createKey(),
    RAAS_BASE_URL: `https://${RAAS_HOST}/v1`,
    RAAS_API_KEY: apiKey,
    RAAS_LINK_HOSTS: LINK_HOST,
    GOOGLE_MAPS_API_KEY: '',
    GOOGLE_MAPS_API_URL: '',
    VGS_VAULT_ID: '',
    VGS_COLLECT_URL: '',
    OIDC_ISSUER: '',
    OIDC_CLIENT_ID: '',
    OIDC_CLIENT_SECRET: '',
    DRAIN_GRACE_MS: '',
    // All customers come from one address here, and the machine may be busy with other things.
    ...NO_LIMITS,
    SHED_DELAY_MS: '60000',
    NODE_EXTRA_CA_CERTS: '/etc/ssl/upstream.crt',
  };
  return Object.entries(settings)
    .map(([name, value]) => `${name}=${value}\n`)
    .join('');
}
