import { createHash, type X509Certificate } from 'node:crypto';
import type { Document, IssuerSignedItem } from '@owf/mdoc';
import { WALLET_ELEMENTS, type WalletElements } from '../domain/documents/wallet-elements.ts';
import { getSubjectCountry } from './certificate-purpose.ts';
import { requireSignature, toPublicKey } from './cose-signature.ts';
import { decodeDocument, readResponse } from './decode-response.ts';
import { verifyDocumentSigner } from './document-signer.ts';
import { loadMdocLibrary } from './mdoc-library.ts';
import { DOC_TYPES, MDL_NAMESPACE } from './presentation-request.ts';
import { requireThat, type WalletRefusal, WalletRefusedError } from './wallet-refusal.ts';
import type { WalletRoot } from './wallet-roots.ts';

/**
 * Characters of a response, which must fit into a form (`MAX_BODY_BYTES`). One with our elements has about 3,000; an issuer that puts
 * a thousand unused digests into its documents needs 55,000.
 */
export const MAX_RESPONSE_LENGTH = 60_000;

/** The tolerated difference of two clocks. */
const CLOCK_MS = 30_000;

/** The response that the browser got from the wallet, and the values of the request that it must match. */
export type Presentation = {
  /** `data` of the browser's `DigitalCredential`, as JSON. */
  response: string;
  /** The nonce of the request. */
  nonce: string;
  /** The origin of the page, as the browser reports it to the wallet. */
  origin: string;
  now: Date;
  roots: readonly WalletRoot[];
};

export type VerifiedPresentation =
  | { kind: 'verified'; elements: WalletElements }
  | { kind: 'refused'; refusal: WalletRefusal };

/**
 * Verifies a wallet's response to `buildPresentationRequest`: a DeviceResponse of ISO/IEC 18013-5 over the Digital Credentials API
 * (OpenID4VP 1.0, B.2). Checks, in the order of ISO/IEC 18013-5, 9.3: the issuer's certificate, its signature, validity, the digest
 * of each element, and the device's signature over the nonce and the origin. A revocation is not looked up.
 */
export async function verifyPresentation(presentation: Presentation): Promise<VerifiedPresentation> {
  try {
    return { kind: 'verified', elements: await readVerifiedElements(presentation) };
  } catch (error) {
    // The library's texts may quote the document.
    return { kind: 'refused', refusal: error instanceof WalletRefusedError ? error.kind : 'malformed' };
  }
}

async function readVerifiedElements({ response, nonce, origin, now, roots }: Presentation): Promise<WalletElements> {
  requireThat(response.length <= MAX_RESPONSE_LENGTH, 'too-long');
  const { id, bytes } = readResponse(response);
  const document = await decodeDocument(bytes);
  const { signer, security } = verifyIssuer(document, { roots, now });
  requireThat(document.docType === DOC_TYPES[id] && security.docType === DOC_TYPES[id], 'document-type');
  await verifyElements(document);
  verifyCountry(document, signer);
  await verifyDevice(document, { origin, nonce });
  return pickElements(document);
}

function verifyIssuer(document: Document, { roots, now }: Pick<Presentation, 'roots' | 'now'>) {
  const { issuerAuth } = document.issuerSigned;
  requireThat(issuerAuth.payload, 'malformed');
  const signer = verifyDocumentSigner(issuerAuth.certificateChain, roots, now);
  requireSignature(issuerAuth, signer.publicKey, 'issuer-signature');
  const security = issuerAuth.mobileSecurityObject;
  const { signed, validFrom, validUntil } = security.validityInfo;
  requireThat(validFrom.getTime() - CLOCK_MS <= now.getTime(), 'not-yet-valid');
  requireThat(signed.getTime() - CLOCK_MS <= now.getTime(), 'not-yet-valid');
  requireThat(now.getTime() <= validUntil.getTime() + CLOCK_MS, 'expired');
  requireThat(signer.validFromDate <= signed && signed <= signer.validToDate, 'signed-outside-certificate');
  return { signer, security };
}

const getNamespaceItems = (document: Document): readonly IssuerSignedItem[] =>
  document.getIssuerNamespace(MDL_NAMESPACE) ?? [];

/** ISO/IEC 18013-5, 9.3.1: the country of the document, where it is shown, is that of the issuer's certificate. */
function verifyCountry(document: Document, signer: X509Certificate): void {
  const country = getNamespaceItems(document).find((item) => item.elementIdentifier === 'issuing_country');
  requireThat(!country || country.elementValue === getSubjectCountry(signer), 'country');
}

/** The hash functions that the library calls. It makes no keys here. */
const hashing = {
  crypto: {
    digest: ({ digestAlgorithm, bytes }: { digestAlgorithm: string; bytes: Uint8Array }) =>
      createHash(digestAlgorithm.replace('-', '')).update(bytes).digest(),
    random: () => {
      throw new Error('Verifying needs no random numbers');
    },
    calculateEphemeralMacKey: () => {
      throw new Error('A MAC needs a key of the reader, and the request offers none');
    },
  },
};

/** Compares each element with its digest. The library encodes the element again, so the value that is read is the one that was signed. */
async function verifyElements({ issuerSigned: { issuerNamespaces, issuerAuth } }: Document): Promise<void> {
  for (const [namespace, items] of issuerNamespaces.issuerNamespaces) {
    for (const item of items) requireThat(await item.isValid(namespace, issuerAuth, hashing), 'element-changed');
    const names = new Set(items.map(({ elementIdentifier }) => elementIdentifier));
    requireThat(names.size === items.length, 'element-twice');
  }
}

async function verifyDevice(
  document: Document,
  { origin, nonce }: Pick<Presentation, 'origin' | 'nonce'>,
): Promise<void> {
  const { DeviceAuthentication, SessionTranscript } = await loadMdocLibrary();
  const { deviceNamespaces, deviceAuth } = document.deviceSigned;
  const { deviceSignature } = deviceAuth;
  requireThat(deviceSignature, 'device-signature-missing');
  // A signature with a payload of its own is over that payload and says nothing about this session.
  requireThat(deviceSignature.payload === null, 'device-signature');
  const sessionTranscript = await SessionTranscript.forOid4VpDcApi({ origin, nonce }, hashing);
  const signed = DeviceAuthentication.create({ sessionTranscript, docType: document.docType, deviceNamespaces });
  deviceSignature.detachedPayload = signed.encode({ asDataItem: true });
  const { deviceKey } = document.issuerSigned.issuerAuth.mobileSecurityObject.deviceKeyInfo;
  requireSignature(deviceSignature, toPublicKey(deviceKey), 'device-signature');
}

/** Returns the elements that we asked for and no others. */
function pickElements(document: Document): WalletElements {
  const elements: WalletElements = {};
  const items = new Map(getNamespaceItems(document).map((item) => [item.elementIdentifier, item.elementValue]));
  for (const name of WALLET_ELEMENTS) {
    const value = items.get(name);
    if (typeof value === 'string' || typeof value === 'number') elements[name] = value;
    else if (isDate(value)) elements[name] = value.toISOString().slice(0, 10);
  }
  return elements;
}

/** The library's `DateOnly` and JavaScript's `Date` have this method; a document may use either tag for a date of birth. */
const isDate = (value: unknown): value is { toISOString: () => string } =>
  typeof value === 'object' && value !== null && 'toISOString' in value && typeof value.toISOString === 'function';
