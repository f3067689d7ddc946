import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { DocumentReading, PersonFields } from '../../lib/domain/documents/person-fields.ts';
import { type DocumentKind, readDocumentCode } from '../../lib/domain/documents/read-document-code.ts';
import { prepareReader, readImage } from '../../lib/integrations/code-reader/read-image.ts';
import { DEGRADATIONS, type Degradation, degrade, draw } from './degrade.ts';
import { buildCurpText, buildLicenceText } from './document-texts.ts';
import { createPeople, type Person } from './people.ts';
import { createRandom } from './random.ts';
import { writePdf417, writeQrCode } from './write-codes.ts';

const MAX_TILT_DEGREES = 15;
/** As in the worker. */
const MAX_READ_MS = 6_000;

export type ScanResult = {
  degradation: Degradation;
  outcome: 'read' | 'not read' | 'wrong';
  ms: number;
  wrong?: string;
};

const print = (text: string) => text.toUpperCase();
const GENDERS = { H: 'Male', M: 'Female' };

/** Returns the fields that the person's code must fill; names may stay empty when the CURP's letters do not confirm them. */
function buildExpected(kind: DocumentKind, person: Person): PersonFields {
  const { firstName, middleName, lastName, lastName2, dob, sex, birthState, street } = person;
  if (kind === 'curp')
    return {
      firstName: print(firstName),
      lastName: print(lastName),
      ...(lastName2 ? { lastName2: print(lastName2) } : { oneSurname: 'yes' }),
      dob,
      gender: GENDERS[sex],
      birthState: birthState[1],
    };
  return {
    firstName: print(firstName),
    ...(middleName && { middleName: print(middleName) }),
    lastName: print([lastName, lastName2].filter(Boolean).join(' ')),
    dob,
    gender: GENDERS[sex],
    address1: street,
    city: 'LOS ANGELES',
    state: 'California',
    zipCode: '90015',
    countryCode: 'US',
  };
}

/** Returns the names of the fields that have another value than the person's. */
function findWrongFields(reading: DocumentReading, expected: PersonFields): string[] {
  if (reading.kind !== 'read') return [];
  return Object.entries(reading.fields)
    .filter(([name, text]) => expected[name as keyof PersonFields] !== text)
    .map(([name, text]) => `${name}: ${text}`);
}

/** Writes the document's code of one person, spoils its picture, and reads it with the product's reader. */
async function scan(kind: DocumentKind, person: Person, index: number): Promise<ScanResult> {
  const random = createRandom(index + 1);
  const degradation = DEGRADATIONS[index % DEGRADATIONS.length] ?? 'none';
  const isLabelled = index % 3 === 0;
  const code =
    kind === 'curp'
      ? writeQrCode(buildCurpText(person, isLabelled), index % 2 === 0)
      : writePdf417(buildLicenceText(person));
  const tilt = (random() * 2 - 1) * MAX_TILT_DEGREES;
  const picture = degrade(draw(code, 2 + random() * 2, tilt), degradation, index);
  const start = performance.now();
  const isLate = () => performance.now() - start > MAX_READ_MS;
  const formats = [kind === 'curp' ? 'QRCode' : 'PDF417'] as const;
  const text = await readImage(picture, { formats, isFrame: false, isLate });
  const reading = text === undefined ? undefined : readDocumentCode(text, [kind]);
  const ms = performance.now() - start;
  if (reading?.kind !== 'read') return { degradation, outcome: 'not read', ms };
  const wrongFields = findWrongFields(reading, buildExpected(kind, person));
  return wrongFields.length > 0
    ? { degradation, outcome: 'wrong', ms, wrong: wrongFields.join(', ') }
    : { degradation, outcome: 'read', ms };
}

/** Reads the codes of so many people, one after the other. */
export async function scanPeople(kind: DocumentKind, count: number): Promise<ScanResult[]> {
  const wasm = fileURLToPath(import.meta.resolve('zxing-wasm/reader/zxing_reader.wasm'));
  await prepareReader({ wasmBinary: readFileSync(wasm).buffer });
  const results: ScanResult[] = [];
  for (const [index, person] of createPeople(count).entries()) results.push(await scan(kind, person, index));
  return results;
}
