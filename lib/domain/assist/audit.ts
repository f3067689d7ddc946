import type { Role } from './permissions.ts';

/** Where an answer came from. */
export type Source = 'agent' | 'customer' | 'partner';

/** Characters of a session's id that tell devices apart. */
const DEVICE_LENGTH = 12;

/** How an entry names the device of a session. */
export const deviceName = (sessionId: string): string => sessionId.slice(0, DEVICE_LENGTH);

/** What was done, by whom, where, and to which fields of which case. Never a value. */
export type AuditEntry = {
  /** ISO 8601, UTC. */
  at: string;
  /** The agent's subject at the identity provider, or `customer`, `operator` or `system`. */
  actor: string;
  role: Role | undefined;
  shop: string | undefined;
  /** The session, by the first characters of its hash: one device for as long as it is signed in. */
  device: string | undefined;
  action: string;
  caseId: string | undefined;
  fields: readonly string[];
  source: Source | undefined;
};

/** An entry in its place in the chain. */
export type ChainLink = { sequence: number; entry: AuditEntry; previous: string; hash: string };

/** What stands before the first entry. */
export const GENESIS = '0'.repeat(64);

/** The bytes that are hashed: fixed names in a fixed order, so that the same entry always makes the same text. */
export function canonical(sequence: number, entry: AuditEntry, previous: string): string {
  const { at, actor, role, shop, device, action, caseId, fields, source } = entry;
  const parts = [sequence, previous, at, actor, role, shop, device, action, caseId, [...fields], source];
  return JSON.stringify(parts.map((part) => part ?? null));
}

/**
 * Follows a chain and names the first link that is not as it was written, or is not there.
 *
 * @param links in the order of their numbers
 * @param hashOf SHA-256 of a text, in hexadecimal
 * @param head the last hash that somebody wrote down elsewhere: without it a cut end cannot be seen
 */
export function findBreak(
  links: readonly ChainLink[],
  hashOf: (text: string) => string,
  head?: { sequence: number; hash: string },
): number | undefined {
  let previous = GENESIS;
  for (const [at, { sequence, entry, previous: told, hash }] of links.entries()) {
    const isNext = sequence === at + 1 && told === previous;
    if (!isNext || hash !== hashOf(canonical(sequence, entry, previous))) return at + 1;
    previous = hash;
  }
  if (head && links[head.sequence - 1]?.hash !== head.hash) return Math.min(head.sequence, links.length + 1);
  return undefined;
}

/** From whom each answer of a case came: the last one who filled it in. */
export function sourcesOf(entries: readonly AuditEntry[]): Record<string, Source> {
  const told = entries.flatMap(({ fields, source }) => (source ? fields.map((field) => [field, source] as const) : []));
  return Object.fromEntries(told);
}
