import { createPrivateKey, createPublicKey, randomUUID } from 'node:crypto';
import { CompactEncrypt, compactDecrypt } from 'jose';

/**
 * Body format. `parseBody` returns undefined for an answer in another format. It reads a success (2xx) of any content type,
 * since an unread success would be ambiguous; the link is validated afterwards.
 */
export type Codec = {
  /** Between the base URL and the path. */
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
 * Creates the Request4R codec: compact JWE (RFC 7516) with RSA-OAEP-256 and A256GCM, one key pair for each direction
 * (docs/vendor-notes.md#6-raas-transports).
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
      // A gateway rejects in plaintext. A plaintext success is not authentic.
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
