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
/** As in the worker: no attempt begins later. */
const MAX_READ_MS = 6_000;
/** As on the page: the customer gets the answer that there is no code. */
const MAX_PICTURE_MS = 7_000;

export type ScanResult = {
  degradation: Degradation;
  outcome: 'read' | 'not read' | 'wrong';
  /** Milliseconds of processor time, which other programs on the machine do not lengthen. */
  ms: number;
  /** A processor with a sixth of the speed reads it, too, before its time is over. */
  isReadSlowly: boolean;
  wrong?: string;
};

export const SLOWDOWN = 6;
const getProcessorMs = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
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
async function scan(kind: DocumentKind, person: Person, index: number, seed: number): Promise<ScanResult> {
  const random = createRandom(seed + index);
  const degradation = DEGRADATIONS[index % DEGRADATIONS.length] ?? 'none';
  const isLabelled = index % 3 === 0;
  const code =
    kind === 'curp'
      ? writeQrCode(buildCurpText(person, isLabelled), index % 2 === 0)
      : writePdf417(buildLicenceText(person));
  const tilt = (random() * 2 - 1) * MAX_TILT_DEGREES;
  const picture = degrade(draw(code, 2 + random() * 2, tilt), degradation, seed + index - 1);
  const start = getProcessorMs();
  let lastAttemptMs = 0;
  const isLate = () => {
    lastAttemptMs = getProcessorMs() - start;
    return lastAttemptMs > MAX_READ_MS;
  };
  const formats = [kind === 'curp' ? 'QRCode' : 'PDF417'] as const;
  const text = await readImage(picture, { formats, isFrame: false, isLate });
  const reading = text === undefined ? undefined : readDocumentCode(text, [kind]);
  const ms = getProcessorMs() - start;
  if (reading?.kind !== 'read') return { degradation, outcome: 'not read', ms, isReadSlowly: false };
  const isReadSlowly = lastAttemptMs * SLOWDOWN <= MAX_READ_MS && ms * SLOWDOWN <= MAX_PICTURE_MS;
  const wrongFields = findWrongFields(reading, buildExpected(kind, person));
  return wrongFields.length > 0
    ? { degradation, outcome: 'wrong', ms, isReadSlowly, wrong: wrongFields.join(', ') }
    : { degradation, outcome: 'read', ms, isReadSlowly };
}

/**
 * Reads the codes of so many people, one after the other.
 *
 * @param seed of the people, the tilt, and what spoils the picture. The reader was tuned on 1
 */
export async function scanPeople(kind: DocumentKind, count: number, seed = 1): Promise<ScanResult[]> {
  const wasm = fileURLToPath(import.meta.resolve('zxing-wasm/reader/zxing_reader.wasm'));
  await prepareReader({ wasmBinary: readFileSync(wasm).buffer });
  const results: ScanResult[] = [];
  for (const [index, person] of createPeople(count, seed).entries())
    results.push(await scan(kind, person, index, seed));
  return results;
}
