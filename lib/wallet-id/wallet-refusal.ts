/** Why a presentation is refused. The log has the kind alone: never a text of the wallet or of a library. */
export const WALLET_REFUSALS = [
  /** Longer than any response to our request. */
  'too-long',
  /** Not the structure of a response, not strict CBOR, or cut off. */
  'malformed',
  /** The wallet reports an error, or presents none or several documents. */
  'document-count',
  /** A document of another type than the one asked for, or signed for another type. */
  'document-type',
  /** A signature algorithm or key that ISO/IEC 18013-5 does not allow, or that the protected header does not name. */
  'algorithm',
  /** No certificate of the issuer, or one that no configured root has signed. */
  'issuer-unknown',
  /** The issuer's certificate or its root is not valid now. */
  'issuer-expired',
  /** The issuer's certificate is not for signing documents. */
  'issuer-purpose',
  'issuer-signature',
  /** The document is not valid yet, or was signed outside the life of the issuer's certificate. */
  'not-yet-valid',
  'signed-outside-certificate',
  'expired',
  /** An element that was changed or added after the issuer signed. */
  'element-changed',
  'element-twice',
  /** The document's country is not that of the issuer's certificate. */
  'country',
  'device-signature-missing',
  /** Not signed by the document's device for this nonce and this origin. */
  'device-signature',
] as const;

export type WalletRefusal = (typeof WALLET_REFUSALS)[number];

/** A check that failed. It carries the kind alone. */
export class WalletRefusedError extends Error {
  readonly kind: WalletRefusal;

  constructor(kind: WalletRefusal) {
    super(kind);
    this.kind = kind;
  }
}

/** @throws WalletRefusedError of this kind unless the condition holds */
export function requireThat(condition: unknown, kind: WalletRefusal): asserts condition {
  if (!condition) throw new WalletRefusedError(kind);
}
