import type { DeviceResponse, Document } from '@owf/mdoc';
import * as z from 'zod/mini';
import { isStrictCbor } from './check-cbor.ts';
import { loadMdocLibrary } from './mdoc-library.ts';
import { CREDENTIAL_IDS, type CredentialId } from './presentation-request.ts';
import { requireThat } from './wallet-refusal.ts';

const responseSchema = z.object({
  vp_token: z.partialRecord(z.enum(CREDENTIAL_IDS), z.tuple([z.string().check(z.regex(/^[A-Za-z0-9_-]+$/))])),
});

/** Reads the only presentation of a response (OpenID4VP 1.0, 8.1). */
export function readResponse(response: string): { id: CredentialId; bytes: Buffer } {
  const { vp_token: tokens } = responseSchema.parse(JSON.parse(response));
  const [id, ...others] = CREDENTIAL_IDS.filter((name) => tokens[name]);
  requireThat(id && others.length === 0, 'document-count');
  const text = tokens[id]?.[0] ?? '';
  const bytes = Buffer.from(text, 'base64url');
  requireThat(bytes.toString('base64url') === text, 'malformed');
  return { id, bytes };
}

/** Decodes a response after a check of every byte that the library's decoder will read. */
async function decodeResponse(bytes: Buffer): Promise<DeviceResponse> {
  requireThat(isStrictCbor(bytes), 'malformed');
  const { cborDecode, DeviceResponse } = await loadMdocLibrary();
  const structure: unknown = cborDecode(bytes);
  for (const document of getList(structure, 'documents')) {
    const issuerAuth = getList(getMember(document, 'issuerSigned'), 'issuerAuth');
    const deviceAuth = getMember(getMember(document, 'deviceSigned'), 'deviceAuth');
    const signatures = [issuerAuth, getList(deviceAuth, 'deviceSignature'), getList(deviceAuth, 'deviceMac')];
    for (const [protectedHeader, , payload] of signatures) {
      for (const part of [protectedHeader, payload])
        requireThat(!(part instanceof Uint8Array) || isStrictCbor(part), 'malformed');
    }
  }
  requireThat(structure instanceof Map, 'malformed');
  return DeviceResponse.fromEncodedStructure(structure);
}

const getMember = (value: unknown, name: string): unknown => (value instanceof Map ? value.get(name) : undefined);
const getList = (value: unknown, name: string): readonly unknown[] => {
  const member = getMember(value, name);
  return Array.isArray(member) ? member : [];
};

/**
 * Decodes the only document of a response.
 *
 * @throws WalletRefusedError, or an error of the library for a structure that is not that of ISO/IEC 18013-5, 8.3.2.1.2.2
 */
export async function decodeDocument(bytes: Buffer): Promise<Document> {
  const { version, status, documents = [], documentErrors = [] } = await decodeResponse(bytes);
  requireThat(version === '1.0', 'malformed');
  const [document] = documents;
  requireThat(status === 0 && document && documents.length === 1 && documentErrors.length === 0, 'document-count');
  return document;
}
