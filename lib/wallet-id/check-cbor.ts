/** Limits of a response. A driving licence with the elements that we ask for has about 120 items in 11 levels. */
const MAX_DEPTH = 16;
const MAX_ITEMS = 4_000;

const EMBEDDED_CBOR = 24;

/** The tagged texts of ISO/IEC 18013-5, 7.2.1: date and time (RFC 3339, in UTC) and full date (RFC 8943). */
const TAGGED_TEXTS: Readonly<Record<number, RegExp>> = {
  0: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z$/,
  1004: /^\d{4}-\d\d-\d\d$/,
};

/** Simple values: false, true, null. Floats and the rest are in no element that we ask for. */
const ALLOWED_SIMPLE_VALUES = new Set([20, 21, 22]);

const MAJOR = { unsigned: 0, negative: 1, bytes: 2, text: 3, array: 4, map: 5, tag: 6, simple: 7 } as const;

type Cursor = { bytes: Uint8Array; offset: number; itemCount: number };

class CborProblem extends Error {}

/**
 * Returns whether bytes are one CBOR item of the kind that ISO/IEC 18013-5 uses: definite and shortest lengths (RFC 8949, 4.2.1),
 * no key twice in a map, the standard's tags alone, limited depth and number of items, and nothing after the end. Embedded CBOR is
 * checked, too. Decoders differ in what they do with the rest, so it never reaches one.
 */
export function isStrictCbor(bytes: Uint8Array): boolean {
  const cursor: Cursor = { bytes, offset: 0, itemCount: 0 };
  try {
    skipItem(cursor, 0);
    return cursor.offset === bytes.length;
  } catch (error) {
    if (error instanceof CborProblem) return false;
    throw error;
  }
}

function skipItem(cursor: Cursor, depth: number): void {
  cursor.itemCount += 1;
  if (depth > MAX_DEPTH || cursor.itemCount > MAX_ITEMS) throw new CborProblem();
  const { major, argument } = readHead(cursor);
  switch (major) {
    case MAJOR.unsigned:
    case MAJOR.negative:
      return;
    case MAJOR.bytes:
      takeBytes(cursor, argument);
      return;
    case MAJOR.text:
      readText(takeBytes(cursor, argument));
      return;
    case MAJOR.array:
      skipItems(cursor, argument, depth);
      return;
    case MAJOR.map:
      skipMap(cursor, argument, depth);
      return;
    case MAJOR.tag:
      skipTagged(cursor, argument, depth);
      return;
    default:
      if (!ALLOWED_SIMPLE_VALUES.has(argument)) throw new CborProblem();
  }
}

function readHead(cursor: Cursor): { major: number; argument: number } {
  const [first = 0] = takeBytes(cursor, 1);
  const major = first >> 5;
  const info = first & 0x1f;
  if (info < 24) return { major, argument: info };
  // 31 is an indefinite length, 28 to 30 are reserved; a simple value with an argument is a float or unassigned.
  if (info > 27 || major === MAJOR.simple) throw new CborProblem();
  const size = 2 ** (info - 24);
  const argument = takeBytes(cursor, size).reduce((value, byte) => value * 256 + byte, 0);
  const isShortest = size === 1 ? argument >= 24 : argument >= 256 ** (size / 2);
  if (!isShortest || !Number.isSafeInteger(argument)) throw new CborProblem();
  return { major, argument };
}

function takeBytes(cursor: Cursor, length: number): Uint8Array {
  if (length > cursor.bytes.length - cursor.offset) throw new CborProblem();
  cursor.offset += length;
  return cursor.bytes.subarray(cursor.offset - length, cursor.offset);
}

function readText(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new CborProblem();
  }
}

function skipItems(cursor: Cursor, count: number, depth: number): void {
  // Each item has at least one byte, so a wrong count ends here and not in a long loop.
  if (count > cursor.bytes.length - cursor.offset) throw new CborProblem();
  for (let index = 0; index < count; index += 1) skipItem(cursor, depth + 1);
}

function skipMap(cursor: Cursor, count: number, depth: number): void {
  const keys = new Set<string>();
  for (let index = 0; index < count; index += 1) {
    const start = cursor.offset;
    const keyMajor = (cursor.bytes[start] ?? 0) >> 5;
    if (keyMajor !== MAJOR.unsigned && keyMajor !== MAJOR.negative && keyMajor !== MAJOR.text) throw new CborProblem();
    skipItem(cursor, depth + 1);
    // With shortest lengths alone, equal keys have equal bytes.
    keys.add(Buffer.from(cursor.bytes.subarray(start, cursor.offset)).toString('latin1'));
    skipItem(cursor, depth + 1);
  }
  if (keys.size !== count) throw new CborProblem();
}

function skipTagged(cursor: Cursor, tag: number, depth: number): void {
  const { major, argument } = readHead(cursor);
  const bytes = takeBytes(cursor, major === MAJOR.bytes || major === MAJOR.text ? argument : 0);
  if (tag === EMBEDDED_CBOR && major === MAJOR.bytes) {
    skipEmbedded(cursor, bytes, depth);
    return;
  }
  if (major !== MAJOR.text || !TAGGED_TEXTS[tag]?.test(readText(bytes))) throw new CborProblem();
}

function skipEmbedded(cursor: Cursor, bytes: Uint8Array, depth: number): void {
  const inner: Cursor = { bytes, offset: 0, itemCount: cursor.itemCount };
  skipItem(inner, depth + 1);
  if (inner.offset !== bytes.length) throw new CborProblem();
  cursor.itemCount = inner.itemCount;
}
