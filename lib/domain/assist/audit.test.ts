import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type AuditEntry, type ChainLink, findBrokenLink, GENESIS, serializeEntry } from './audit.ts';

const hashText = (text: string) => createHash('sha256').update(text).digest('hex');

const LENGTH = 40;

function createChain(): ChainLink[] {
  const links: ChainLink[] = [];
  for (let sequence = 1; sequence <= LENGTH; sequence += 1) {
    const entry: AuditEntry = {
      at: new Date(sequence * 1_000).toISOString(),
      actor: `agent-${sequence % 3}`,
      role: 'agent',
      shop: 'centro',
      device: 'd',
      action: 'case.fill',
      caseId: `case-${sequence % 5}`,
      fields: ['firstName', 'lastName'].slice(sequence % 2),
      source: sequence % 4 ? 'agent' : undefined,
    };
    const previous = links.at(-1)?.hash ?? GENESIS;
    links.push({ sequence, entry, previous, hash: hashText(serializeEntry(sequence, entry, previous)) });
  }
  return links;
}

const chain = createChain();
const head = { sequence: LENGTH, hash: chain.at(-1)?.hash ?? '' };

test('a chain as it was written is whole', () => {
  expect(findBrokenLink(chain, hashText, head)).toBeUndefined();
  expect(findBrokenLink([], hashText)).toBeUndefined();
});

type Change = (links: ChainLink[], at: number, other: number) => ChainLink[];
const changeEntry =
  (change: (entry: AuditEntry) => AuditEntry): Change =>
  (links, at) =>
    links.map((link, place) => (place === at ? { ...link, entry: change(link.entry) } : link));
const CHANGES: Record<string, Change> = {
  'another actor': changeEntry((entry) => ({ ...entry, actor: `${entry.actor}x` })),
  'another name': changeEntry((entry) => ({ ...entry, actorName: 'Eve' })),
  'another time': changeEntry((entry) => ({ ...entry, at: '2030-01-01T00:00:00.000Z' })),
  'another action': changeEntry((entry) => ({ ...entry, action: 'case.read' })),
  'a field more': changeEntry((entry) => ({ ...entry, fields: [...entry.fields, 'email'] })),
  'no source': changeEntry((entry) => ({ ...entry, source: entry.source === undefined ? 'partner' : undefined })),
  'one taken out': (links, at) => links.filter((_, place) => place !== at),
  'one removed and the others renumbered': (links, at) =>
    links.filter((_, place) => place !== at).map((link, place) => ({ ...link, sequence: place + 1 })),
  'two swapped': (links, at, other) => {
    const [a, b] = [links[at], links[other]];
    return links.map((link, place) => (place === at && b ? b : place === other && a ? a : link));
  },
  'one doubled': (links, at) => links.flatMap((link, place) => (place === at ? [link, link] : [link])),
  'one bit of a hash': (links, at) =>
    links.map((link, place) =>
      place === at ? { ...link, hash: link.hash.replace(/.$/, (char) => (char === '0' ? '1' : '0')) } : link,
    ),
  'hashed again without its followers': (links, at) =>
    links.map((link, place) => {
      if (place !== at) return link;
      const entry = { ...link.entry, actor: 'nobody' };
      return { ...link, entry, hash: hashText(serializeEntry(link.sequence, entry, link.previous)) };
    }),
  'the end cut off': (links, at) => links.slice(0, at),
};

test('a thousand random changes: a thousand found', () => {
  let detectedCount = 0;
  fc.assert(
    fc.property(fc.constantFrom(...Object.keys(CHANGES)), fc.nat(LENGTH - 1), fc.nat(LENGTH - 1), (name, at, other) => {
      fc.pre(name !== 'two swapped' || at !== other);
      const changed = CHANGES[name]?.(chain, at, other) ?? [];
      expect(findBrokenLink(changed, hashText, head), name).toBeGreaterThan(0);
      detectedCount += 1;
    }),
    { numRuns: 1_000 },
  );
  expect(detectedCount).toBe(1_000);
});
