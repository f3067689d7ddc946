import { createHash, type KeyObject } from 'node:crypto';
import { compactDecrypt, errors, jwtVerify } from 'jose';
import * as z from 'zod/mini';
import { isAllowedReturnUrl } from '../domain/partner-api/return-url.ts';
import { isPartnerField, type PartnerAnswers, readPartnerAnswers } from '../domain/partner-start.ts';
import { type Locale, routing } from '../i18n/routing.ts';

/** The partner's public key, which verifies the signature, and our private key, which decrypts the link. */
export type LinkKeys = { verify: KeyObject; decrypt: KeyObject };

/** An opened link. */
export type PartnerLink = PartnerAnswers & {
  /** The SHA-256 of the link's `jti`, which the store keeps to accept a link once. */
  id: string;
  expiresAt: Date;
  lang: Locale | undefined;
  reference: string;
  returnUrl: string | undefined;
};

/** Origins that a link may name: `audience` is this deployment's, `returnOrigins` are those of its `return_url`. */
export type LinkOrigins = { audience: string; returnOrigins: readonly string[] };

/** The longest lifetime of a link, also when its `exp` is later, and the tolerated difference of two clocks. */
const MAX_AGE = '15m';
const MAX_AGE_MS = 15 * 60_000;
const CLOCK_SECONDS = 30;
/** Characters. The longest valid link, with an address from Google Places, is shorter. */
export const MAX_LINK_LENGTH = 16_384;

const MAX_RETURN_URL_LENGTH = 1_024;

/** The path of the status API takes it: no character of it needs percent-encoding. */
const REFERENCE_PATTERN = /^(?!\.{1,2}$)[\w.~:-]{1,128}$/;
const MIN_JTI_LENGTH = 16;

const namesSchema = z._default(z.array(z.string().check(z.refine(isPartnerField))), []);
const claimsSchema = z.object({
  iss: z.optional(z.string()),
  jti: z.string().check(z.minLength(MIN_JTI_LENGTH), z.regex(REFERENCE_PATTERN)),
  exp: z.number(),
  lang: z.optional(z.enum(routing.locales)),
  reference: z.optional(z.string().check(z.regex(REFERENCE_PATTERN))),
  return_url: z.optional(z.string().check(z.maxLength(MAX_RETURN_URL_LENGTH), z.refine(URL.canParse))),
  answers: z.record(z.string(), z.unknown()),
  locked: namesSchema,
  confirm: namesSchema,
});

/**
 * Decrypts and verifies a partner's link: a JWT that the partner signed (ES256) inside a JWE (RSA-OAEP-256, A256GCM), in the
 * order of RFC 7519, section 11.2. `aud` (our origin), `iat`, `exp` and `jti` are required.
 *
 * @returns the link, or a short reason for the log that quotes nothing of it
 */
export async function openLink(
  token: string,
  keys: LinkKeys,
  { audience, returnOrigins }: LinkOrigins,
  now: Date,
): Promise<{ link: PartnerLink } | { refused: string }> {
  if (token.length > MAX_LINK_LENGTH) return { refused: 'too long' };
  try {
    const { plaintext } = await compactDecrypt(token, keys.decrypt, {
      keyManagementAlgorithms: ['RSA-OAEP-256'],
      contentEncryptionAlgorithms: ['A256GCM'],
    });
    const { payload } = await jwtVerify(plaintext, keys.verify, {
      algorithms: ['ES256'],
      audience,
      requiredClaims: ['iat', 'exp', 'jti'],
      maxTokenAge: MAX_AGE,
      clockTolerance: CLOCK_SECONDS,
      currentDate: now,
    });
    const parsed = claimsSchema.safeParse(payload);
    if (!parsed.success) return { refused: `claim ${String(parsed.error.issues[0]?.path[0])}` };
    const { jti, exp, lang, answers, locked, confirm, reference = jti, return_url: returnUrl } = parsed.data;
    if (returnUrl !== undefined && !isAllowedReturnUrl(returnUrl, returnOrigins))
      return { refused: 'claim return_url' };
    const id = createHash('sha256').update(jti).digest('base64url');
    const expiresAtMs = Math.min(exp * 1_000, now.getTime() + MAX_AGE_MS) + CLOCK_SECONDS * 1_000;
    return {
      link: {
        id,
        expiresAt: new Date(expiresAtMs),
        lang,
        reference,
        returnUrl,
        texts: readPartnerAnswers(answers),
        locked,
        confirm,
      },
    };
  } catch (error) {
    if (error instanceof errors.JWTExpired) return { refused: 'expired' };
    if (error instanceof errors.JWTClaimValidationFailed) return { refused: `claim ${error.claim}` };
    if (error instanceof errors.JOSEError) return { refused: error.code };
    return { refused: 'an answer that no link may give' };
  }
}
