import { createPublicKey, type KeyObject, verify } from 'node:crypto';
import type { CoseKey, Sign1 } from '@owf/mdoc';
import { requireThat, type WalletRefusal, WalletRefusedError } from './wallet-refusal.ts';

const HEADER_ALGORITHM = 1;
const HEADER_CRITICAL = 2;
const KEY_TYPE_EC = 2;

/** Curves of RFC 9053, by their number in a COSE key. */
const CURVES: Readonly<Record<number, string>> = { 1: 'P-256', 2: 'P-384', 3: 'P-521' };

/** OpenSSL's name of the curve that each algorithm goes with, and its hash (ISO/IEC 18013-5, 9.1.2.4 and 9.1.3.6; RFC 9864). */
const ALGORITHMS: Readonly<Record<number, { curve: string; hash: string }>> = {
  [-7]: { curve: 'prime256v1', hash: 'sha256' },
  [-9]: { curve: 'prime256v1', hash: 'sha256' },
  [-35]: { curve: 'secp384r1', hash: 'sha384' },
  [-51]: { curve: 'secp384r1', hash: 'sha384' },
  [-36]: { curve: 'secp521r1', hash: 'sha512' },
  [-52]: { curve: 'secp521r1', hash: 'sha512' },
};

export const COSE_ALGORITHMS = Object.keys(ALGORITHMS).map(Number);

/**
 * Verifies a COSE_Sign1 (RFC 9052, 4.4). The algorithm is that of the protected header, and goes with the key's curve.
 *
 * @param kind of the refusal when the signature does not match
 * @throws WalletRefusedError
 */
export function requireSignature(sign1: Sign1, key: KeyObject, kind: WalletRefusal): void {
  const headers = sign1.protectedHeaders.headers;
  const algorithm = ALGORITHMS[Number(headers.get(HEADER_ALGORITHM))];
  const isAllowed =
    algorithm !== undefined &&
    algorithm.curve === key.asymmetricKeyDetails?.namedCurve &&
    !headers.has(HEADER_CRITICAL) &&
    !sign1.unprotectedHeaders.headers.has(HEADER_ALGORITHM);
  requireThat(isAllowed, 'algorithm');
  const publicKey = { key, dsaEncoding: 'ieee-p1363' } as const;
  requireThat(verify(algorithm.hash, sign1.toBeSigned, publicKey, sign1.signature), kind);
}

/** @throws WalletRefusedError when the key is not on a curve that ISO/IEC 18013-5 allows */
export function toPublicKey({ keyType, curve, x, y }: CoseKey): KeyObject {
  const crv = keyType === KEY_TYPE_EC && typeof curve === 'number' ? CURVES[curve] : undefined;
  requireThat(crv && x && y, 'algorithm');
  const toText = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url');
  try {
    return createPublicKey({ key: { kty: 'EC', crv, x: toText(x), y: toText(y) }, format: 'jwk' });
  } catch {
    throw new WalletRefusedError('algorithm');
  }
}
