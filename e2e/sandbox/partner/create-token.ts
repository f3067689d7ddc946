import { createPrivateKey, randomUUID, sign } from 'node:crypto';
import { encrypt } from '../jwe.ts';

// A partner's link as RFC 7519, section 11.2, has it: a JWT signed with ES256 (RFC 7518, section 3.4), inside a JWE.

export type LinkContent = {
  answers: Record<string, unknown>;
  locked?: readonly string[];
  confirm?: readonly string[];
  lang?: string;
  reference?: string;
  return_url?: string;
};
/** Changes to the claims, so that a test can make links that are not good. */
export type Claims = Record<string, unknown>;

const LIFE_SECONDS = 300;

const encodePart = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

/**
 * @param signKey the partner's private key, P-256, PEM
 * @param sealKey the app's public key, RSA, PEM
 * @param audience the app's origin
 * @returns the token, compact
 */
export function createToken(
  content: LinkContent,
  { signKey, sealKey, audience }: { signKey: Buffer; sealKey: Buffer; audience: string },
  changes: Claims = {},
): string {
  const now = Math.floor(Date.now() / 1_000);
  const claims = {
    iss: 'sandbox-partner',
    aud: audience,
    iat: now,
    exp: now + LIFE_SECONDS,
    jti: randomUUID(),
    ...content,
    ...changes,
  };
  const head = `${encodePart({ alg: 'ES256', typ: 'JWT' })}.${encodePart(claims)}`;
  const signature = sign('sha256', Buffer.from(head), { key: createPrivateKey(signKey), dsaEncoding: 'ieee-p1363' });
  return encrypt(`${head}.${signature.toString('base64url')}`, sealKey);
}
