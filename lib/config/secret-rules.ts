import type { DataKey } from '../crypto/encryption.ts';
import { listHosts } from './postgres-hosts.ts';

/** The public secrets of `.env.example`. A test compares them with the file. */
const SAMPLE_SECRETS: Readonly<Record<string, string>> = {
  DATA_KEY: 'local:bG9jYWwtZGVtby1rZXktbmV2ZXItdXNlLWl0LWxpdmU=',
  RAAS_API_KEY: 'sandbox-partner-key',
  GOOGLE_MAPS_API_KEY: 'sandbox-maps-key',
  OIDC_CLIENT_SECRET: 'sandbox-client-secret',
};

export const findSampleSecrets = (source: Record<string, string | undefined>): string[] =>
  Object.keys(SAMPLE_SECRETS).filter((name) => source[name] === SAMPLE_SECRETS[name]);

/** Of 32 random bytes, fewer than 20 are distinct less than once in 10^8 keys. */
const MIN_DISTINCT = 20;

/**
 * Detects a key that is not random: few distinct bytes, equal steps between bytes, or text. It finds typed keys; it does not
 * measure entropy (NIST SP 800-90B does).
 */
export function isWeakKey({ key }: DataKey): boolean {
  const bytes = key.export();
  const steps = bytes.map((byte, index) => byte - (bytes[index - 1] ?? 0)).subarray(1);
  const isText = bytes.every((byte) => byte >= 0x20 && byte < 0x7f);
  return isText || new Set(bytes).size < MIN_DISTINCT || new Set(steps).size < MIN_DISTINCT;
}

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/;

/**
 * Tells whether `DATABASE_URL` stays on this machine or uses TLS with a verified certificate and host name
 * (`sslmode=verify-full`, PostgreSQL manual, 34.19).
 */
export const isProtectedDatabase = (url: string): boolean => listHosts(url).every(isProtectedHost);

function isProtectedHost(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { hostname, searchParams } = new URL(url);
  const hosts = searchParams.getAll('host').concat(searchParams.has('host') ? [] : hostname);
  if (hosts.every((host) => host === '' || host.startsWith('/') || LOOPBACK.test(host))) return true;
  const modes = searchParams.getAll('sslmode');
  return modes.length === 1 && modes[0] === 'verify-full' && !searchParams.has('ssl');
}
