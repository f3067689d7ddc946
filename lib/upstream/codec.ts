import { createPrivateKey, createPublicKey, randomUUID } from 'node:crypto';
import { CompactEncrypt, compactDecrypt } from 'jose';

/**
 * How payloads travel. `decode` gives undefined for an answer that is not in the form it must have. A success is read
 * whatever type it claims: it counts only with a link that passes `readLink`, and unread it would be of unknown fate.
 */
export type Codec = {
  /** Stands between the base URL and the path. */
  prefix: string;
  requestContentType: string;
  acceptHeader: string;
  serializeBody(payload: object): string | Promise<string>;
  parseBody(text: string, contentType: string, status: number): unknown;
};

export const jsonCodec: Codec = {
  prefix: '',
  requestContentType: 'application/json',
  acceptHeader: 'application/json',
  serializeBody: (payload) => JSON.stringify(payload),
  parseBody: (text, contentType, status) =>
    isSuccess(status) || /^application\/json\b/i.test(contentType) ? parseJson(text) : undefined,
};

/**
 * Request4R: bodies as compact JWE (RFC 7516), RSA-OAEP-256 and A256GCM, under a prefix of its own (contract, section
 * 7). There are two RSA pairs: the vendor's public key seals what we send, our private key opens what comes back.
 *
 * @param encryptKey the vendor's public key, SPKI PEM
 * @param decryptKey our private key, PKCS #8 PEM
 * @throws when a key cannot be read
 */
export function createRequest4rCodec(encryptKey: string, decryptKey: string): Codec {
  const vendorKey = createPublicKey(encryptKey);
  const ownKey = createPrivateKey(decryptKey);
  return {
    prefix: '/partners/request4r',
    requestContentType: 'text/plain',
    acceptHeader: 'application/jose, application/json',
    serializeBody: (payload) =>
      new CompactEncrypt(Buffer.from(JSON.stringify({ ...payload, reference_id: randomUUID() })))
        .setProtectedHeader({ alg: 'RSA-OAEP-256', enc: 'A256GCM' })
        .encrypt(vendorKey),
    async parseBody(text, contentType, status) {
      if (isSuccess(status) || /^application\/jose\b/i.test(contentType)) {
        try {
          const options = { keyManagementAlgorithms: ['RSA-OAEP-256'], contentEncryptionAlgorithms: ['A256GCM'] };
          const { plaintext } = await compactDecrypt(text.trim(), ownKey, options);
          return parseJson(Buffer.from(plaintext).toString('utf8'));
        } catch {
          return undefined;
        }
      }
      // A gateway refuses in the clear. A success in the clear is none: anybody could have written it.
      return status >= 400 ? jsonCodec.parseBody(text, contentType, status) : undefined;
    },
  };
}

const isSuccess = (status: number) => status >= 200 && status < 300;

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
