import { CompactEncrypt, importPKCS8, importSPKI, SignJWT } from 'jose';
import type { AnswerName, Answers } from './answers.ts';

/** The values of a link. */
export type PartnerLinkContent = {
  answers: Answers;
  /** Answers that the customer sees and cannot change. */
  locked?: readonly AnswerName[];
  /** Answers that the customer must confirm. */
  confirm?: readonly AnswerName[];
  lang?: 'en' | 'es';
  /** Your name for the application, without personal data. Without it, a random one is the reference. */
  reference?: string;
  /** Your page for a customer who stops. The app must allow its origin. */
  returnUrl?: string;
};

export type PartnerLinkKeys = {
  /** The origin of the app, such as `https://start.example.com`. */
  origin: string;
  /** Your private key: P-256, PKCS #8 PEM. */
  signKey: string;
  /** The app's public key: RSA, SPKI PEM. */
  encryptionKey: string;
};

/** Seconds. The app refuses more than 900. */
const LIFETIME_SECONDS = 300;

/** Creates the token of a link: a signed JWT inside a JWE (RFC 7519, section 11.2). It works once, for five minutes. */
export async function createPartnerToken(content: PartnerLinkContent, keys: PartnerLinkKeys): Promise<string> {
  const { returnUrl, ...claims } = content;
  const now = Math.floor(Date.now() / 1_000);
  const signed = await new SignJWT({ ...claims, ...(returnUrl !== undefined && { return_url: returnUrl }) })
    .setProtectedHeader({ alg: 'ES256' })
    .setAudience(keys.origin)
    .setIssuedAt(now)
    .setExpirationTime(now + LIFETIME_SECONDS)
    .setJti(crypto.randomUUID())
    .sign(await importPKCS8(keys.signKey, 'ES256'));
  return new CompactEncrypt(new TextEncoder().encode(signed))
    .setProtectedHeader({ alg: 'RSA-OAEP-256', enc: 'A256GCM' })
    .encrypt(await importSPKI(keys.encryptionKey, 'RSA-OAEP-256'));
}

/** Creates a link. The token is in the fragment, which reaches no server, log or referrer. */
export async function createPartnerLink(content: PartnerLinkContent, keys: PartnerLinkKeys): Promise<string> {
  return `${keys.origin}/partner#${await createPartnerToken(content, keys)}`;
}
