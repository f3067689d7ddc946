/** Bytes of each fragment that is looked for. */
const FRAGMENT_BYTES = 32;
/** Fragments with fewer different bytes, such as an even surface, prove nothing. */
const MIN_DIFFERENT_BYTES = 8;

/** Returns a secret in the forms in which it could travel or lie about: its bytes, and base64 at each of the three alignments. */
function listSpellings(secret: Buffer): Buffer[] {
  const aligned = [0, 1, 2].map((start) => secret.subarray(start, secret.length - ((secret.length - start) % 3)));
  return [
    secret,
    ...aligned.flatMap((bytes) => (['base64', 'base64url'] as const).map((code) => Buffer.from(bytes.toString(code)))),
  ];
}

/** Returns the fragments of a secret in all its spellings, by their first four bytes. */
function indexFragments(secrets: readonly Buffer[]): Map<number, Buffer[]> {
  const fragments = new Map<number, Buffer[]>();
  for (const bytes of secrets.flatMap(listSpellings))
    for (let at = 0; at + FRAGMENT_BYTES <= bytes.length; at += FRAGMENT_BYTES) {
      const fragment = bytes.subarray(at, at + FRAGMENT_BYTES);
      if (new Set(fragment).size < MIN_DIFFERENT_BYTES) continue;
      const start = fragment.readUInt32LE(0);
      fragments.set(start, [...(fragments.get(start) ?? []), fragment]);
    }
  return fragments;
}

/**
 * Finds parts of secrets in other bytes, as they are and in base64. A secret is cut into fragments of 32 bytes, so every part of 63
 * bytes or more is found, wherever it begins.
 *
 * @param sources names and bytes in which nothing of a secret may be
 * @returns the name of the source and the place of each hit
 */
export function findBytes(secrets: readonly Buffer[], sources: readonly (readonly [string, Buffer])[]): string[] {
  const fragments = indexFragments(secrets);
  return sources.flatMap(([name, bytes]) => {
    const hits: string[] = [];
    for (let at = 0; at + FRAGMENT_BYTES <= bytes.length; at += 1) {
      const candidates = fragments.get(bytes.readUInt32LE(at));
      if (candidates?.some((fragment) => fragment.equals(bytes.subarray(at, at + FRAGMENT_BYTES))))
        hits.push(`${name} at byte ${at}`);
    }
    return hits;
  });
}
