import { createHash, generateKeyPairSync, KeyObject, randomBytes, sign } from 'node:crypto';
import {
  base64url,
  CoseKey,
  cborDecode,
  cborEncode,
  DateOnly,
  DeviceKey,
  DeviceRequest,
  DeviceResponse,
  DocRequest,
  Issuer,
  ItemsRequest,
  type MdocContext,
  SessionTranscript,
} from '@owf/mdoc';
import type { TestCertificate } from './issuer-certificates.ts';

export const MDL = 'org.iso.18013.5.1.mDL';
export const MDL_NAMESPACE = 'org.iso.18013.5.1';

const DAY_MS = 86_400_000;

/** A person as a US driving licence has one. */
export const LICENCE = {
  given_name: 'Maria Elena',
  family_name: 'Garcia Lopez',
  birth_date: new DateOnly('1987-06-24'),
  sex: 2,
  resident_address: '123 Main Street Apt 4',
  resident_city: 'Houston',
  resident_state: 'TX',
  resident_postal_code: '77002',
  resident_country: 'US',
};

/** Curve numbers of COSE, and the algorithm and hash that go with them (RFC 9053). */
const CURVES = {
  'P-256': { curve: 1, algorithm: -7, hash: 'sha256' },
  'P-384': { curve: 2, algorithm: -35, hash: 'sha384' },
  'P-521': { curve: 3, algorithm: -36, hash: 'sha512' },
} as const;
type CurveName = keyof typeof CURVES;

type SigningKey = { privateKey: KeyObject; coseKey: CoseKey; hash: string };

function toSigningKey(
  privateKey: KeyObject,
  publicKey: KeyObject,
  curveName: CurveName,
  algorithm?: number,
): SigningKey {
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
  const { curve, hash, ...own } = CURVES[curveName];
  const options = { keyType: 2, curve, x: base64url.decode(x), y: base64url.decode(y) };
  return { privateKey, hash, coseKey: CoseKey.create({ ...options, algorithm: algorithm ?? own.algorithm }) };
}

function makeDeviceKey(curveName: CurveName): SigningKey {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: curveName });
  return toSigningKey(privateKey, publicKey, curveName);
}

const notNeeded = () => {
  throw new Error('not needed to present a document');
};

const buildContext = ({ privateKey, hash }: SigningKey): MdocContext => ({
  crypto: {
    random: (length) => randomBytes(length),
    digest: ({ digestAlgorithm, bytes }) => createHash(digestAlgorithm.replace('-', '')).update(bytes).digest(),
    calculateEphemeralMacKey: notNeeded,
  },
  cose: {
    sign1: {
      sign: ({ toBeSigned }) => sign(hash, toBeSigned, { key: privateKey, dsaEncoding: 'ieee-p1363' }),
      verify: notNeeded,
    },
    mac0: { sign: notNeeded, verify: notNeeded },
  },
  x509: {
    getIssuerNameField: notNeeded,
    getPublicKey: notNeeded,
    verifyCertificateChain: notNeeded,
    getCertificateData: notNeeded,
  },
});

export type PresentationOptions = {
  signer: TestCertificate;
  nonce: string;
  origin: string;
  now: Date;
  elements?: Record<string, unknown>;
  /** Elements that the holder shows; all of them by default. */
  shown?: string[];
  docType?: string;
  credentialId?: string;
  digestAlgorithm?: 'SHA-256' | 'SHA-384' | 'SHA-512';
  deviceCurve?: CurveName;
  signerCurve?: CurveName;
  /** The algorithm that the issuer's protected header names. */
  issuerAlgorithm?: number;
  /** Days from now. */
  validity?: { signed?: number; validFrom?: number; validUntil?: number };
  chain?: Uint8Array[];
  sessionTranscript?: SessionTranscript;
  /** Signs with a key that the document does not name. */
  isOtherDevice?: boolean;
};

/** Issues a document and presents it as a wallet does (OpenID4VP 1.0, B.2). Returns the bytes of the DeviceResponse. */
export async function makeDeviceResponse(options: PresentationOptions): Promise<Uint8Array> {
  const { signer, now, docType = MDL, elements = LICENCE, shown = Object.keys(elements) } = options;
  const { signerCurve = 'P-256', deviceCurve = 'P-256', digestAlgorithm = 'SHA-256', issuerAlgorithm } = options;
  const privateKey = KeyObject.from(signer.keys.privateKey);
  const issuerKey = toSigningKey(privateKey, KeyObject.from(signer.keys.publicKey), signerCurve, issuerAlgorithm);
  const device = makeDeviceKey(deviceCurve);
  const inDays = (days: number) => new Date(Math.floor((now.getTime() + days * DAY_MS) / 1_000) * 1_000);
  const { signed = -1, validFrom = -1, validUntil = 30 } = options.validity ?? {};
  const deviceKey = DeviceKey.fromEncodedStructure(
    new Map([...device.coseKey.encodedStructure].filter(([key]) => key !== 3)),
  );
  const issuerSigned = await new Issuer(docType, buildContext(issuerKey))
    .addIssuerNamespace(MDL_NAMESPACE, elements)
    .sign({
      signingKey: issuerKey.coseKey,
      algorithm: Number(issuerKey.coseKey.algorithm),
      digestAlgorithm,
      validityInfo: { signed: inDays(signed), validFrom: inDays(validFrom), validUntil: inDays(validUntil) },
      deviceKeyInfo: { deviceKey },
      certificates: options.chain ?? [new Uint8Array(signer.certificate.rawData)],
    });
  const itemsRequest = ItemsRequest.create({
    docType,
    namespaces: { [MDL_NAMESPACE]: Object.fromEntries(shown.map((name) => [name, true])) },
  });
  const holder = options.isOtherDevice ? makeDeviceKey(deviceCurve) : device;
  const response = await DeviceResponse.createWithDeviceRequest(
    {
      deviceRequest: DeviceRequest.create({ docRequests: [DocRequest.create({ itemsRequest })] }),
      issuerSigned: [issuerSigned],
      sessionTranscript:
        options.sessionTranscript ?? (await SessionTranscript.forOid4VpDcApi(options, buildContext(device))),
      signature: { signingKey: holder.coseKey },
    },
    buildContext(holder),
  );
  return response.encode();
}

/** The tree of a response, for tests that change it after it was signed. */
export type CborTree = Map<unknown, unknown>;

/** Changes a response after it was signed. */
export function changeResponse(
  bytes: Uint8Array,
  change: (document: CborTree, response: CborTree) => void,
): Uint8Array {
  const response = cborDecode(bytes) as CborTree;
  change(follow(response, 'documents', 0) as CborTree, response);
  return cborEncode(response);
}

/** Follows keys of maps and indexes of lists. */
export const follow = (tree: unknown, ...path: (string | number)[]): unknown =>
  path.reduce((value, key) => (Array.isArray(value) ? value[Number(key)] : (value as CborTree).get(key)), tree);

/** Builds the text that the browser passes on from the wallet. */
export const toWalletResponse = (bytes: Uint8Array, credentialId = 'mdl'): string =>
  JSON.stringify({ vp_token: { [credentialId]: [base64url.encode(bytes)] } });

/** Presents a document: the text that the browser passes on. */
export const presentDocument = async (options: PresentationOptions): Promise<string> =>
  toWalletResponse(await makeDeviceResponse(options), options.credentialId);
