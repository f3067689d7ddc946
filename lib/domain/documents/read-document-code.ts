import { readAamva } from './aamva.ts';
import { readCurpCode } from './curp-code.ts';
import type { DocumentReading } from './person-fields.ts';

/** Documents whose code we read: the Mexican population registry's certificate or card, and licences of the United States and Canada. */
export const DOCUMENT_KINDS = ['curp', 'licence'] as const;
export type DocumentKind = (typeof DOCUMENT_KINDS)[number];

/** Reads the text of a code of a document of one of these kinds. */
export function readDocumentCode(text: string, kinds: readonly DocumentKind[]): DocumentReading {
  const licence: DocumentReading = kinds.includes('licence') ? readAamva(text) : { kind: 'unknown' };
  if (licence.kind !== 'unknown') return licence;
  return kinds.includes('curp') ? readCurpCode(text) : licence;
}
