import type { AgentRole } from './permissions.ts';

/** Where an answer came from. */
export type AnswerSource = 'agent' | 'customer' | 'partner';

/** Characters of a session's id that tell devices apart. */
const DEVICE_NAME_LENGTH = 12;

/** How an entry names the device of a session. */
export const getDeviceName = (sessionId: string): string => sessionId.slice(0, DEVICE_NAME_LENGTH);

/** What was done, by whom, where, and to which fields of which case. Never a value. */
export type AuditEntry = {
  /** ISO 8601, UTC. */
  at: string;
  /** The agent's subject at the identity provider, or `customer`, `operator` or `system`. */
  actor: string;
  role: AgentRole | undefined;
  shop: string | undefined;
  /** The session, by the first characters of its hash: one device for as long as it is signed in. */
  device: string | undefined;
  action: string;
  caseId: string | undefined;
  fields: readonly string[];
  source: AnswerSource | undefined;
};

/** A place in a chain of hashes. */
type ChainPosition = { sequence: number; previous: string; hash: string };
/** An entry in its place in its chain. */
export type ChainLink = ChainPosition & { entry: AuditEntry };
/** The head of a chain at some moment, in its place in the root chain: it shows later that the chain was cut or is gone. */
export type Anchor = ChainPosition & { at: Date; chain: string; chainSequence: number; chainHead: string };

/** SHA-256 of a text, in hexadecimal. */
export type HashFunction = (text: string) => string;

/** What stands before the first entry of the chain of all shops, to which earlier versions append. */
export const GENESIS = '0'.repeat(64);

/** The chain of earlier versions, by the name of its table. */
export const LEGACY_CHAIN = 'audit';

/** Each shop has its chain, so that agents of different shops never wait for each other. Commands have one, too. */
export const getChain = ({ shop }: AuditEntry): string => (shop === undefined ? 'commands' : `shop/${shop}`);

/** What stands before the first link of a chain: no link is one of another chain. */
export const getGenesis = (chain: string, hashText: HashFunction): string =>
  chain === LEGACY_CHAIN ? GENESIS : hashText(chain);

/** The bytes that are hashed: fixed names in a fixed order, so that the same entry always makes the same text. */
export function serializeEntry(sequence: number, entry: AuditEntry, previous: string): string {
  const { at: createdAt, actor, role, shop, device, action, caseId, fields, source } = entry;
  const parts = [sequence, previous, createdAt, actor, role, shop, device, action, caseId, [...fields], source];
  return JSON.stringify(parts.map((part) => part ?? null));
}

/** The bytes of an anchor that are hashed. */
export function serializeAnchor({
  sequence,
  previous,
  at: createdAt,
  chain,
  chainSequence,
  chainHead,
}: Omit<Anchor, 'hash'>): string {
  return JSON.stringify([sequence, previous, createdAt.toISOString(), chain, chainSequence, chainHead]);
}

/**
 * Puts what comes behind a head in its place.
 *
 * @param head the last link, or the chain's genesis when there is none
 */
export function appendLinks(
  entries: readonly AuditEntry[],
  head: { sequence: number; hash: string },
  hashText: HashFunction,
): ChainLink[] {
  let last = head;
  return entries.map((entry) => {
    const [sequence, previous] = [last.sequence + 1, last.hash];
    const link = { sequence, entry, previous, hash: hashText(serializeEntry(sequence, entry, previous)) };
    last = link;
    return link;
  });
}

/**
 * Follows a chain link by link.
 *
 * @param genesis what stands before the first link
 * @param serializeLinkText the text of a link that is hashed
 * @returns whether the next link is the one that was written there
 */
export function createChainCheck<Checked extends ChainPosition>(
  genesis: string,
  serializeLinkText: (link: Checked) => string,
  hashText: HashFunction,
): (link: Checked) => boolean {
  let [sequence, previous] = [0, genesis];
  return (link) => {
    sequence += 1;
    const isNext =
      link.sequence === sequence && link.previous === previous && link.hash === hashText(serializeLinkText(link));
    previous = link.hash;
    return isNext;
  };
}

export const serializeLink = ({ sequence, entry, previous }: ChainLink): string =>
  serializeEntry(sequence, entry, previous);

/**
 * Follows a chain and names the first link that is not as it was written, or is not there.
 *
 * @param links in the order of their numbers
 * @param head a head that was written down elsewhere: without it a cut end cannot be seen
 */
export function findBrokenLink(
  links: readonly ChainLink[],
  hashText: HashFunction,
  head?: { sequence: number; hash: string },
  genesis: string = GENESIS,
): number | undefined {
  const isNext = createChainCheck(genesis, serializeLink, hashText);
  const brokenIndex = links.findIndex((link) => !isNext(link));
  if (brokenIndex >= 0) return brokenIndex + 1;
  if (head && links[head.sequence - 1]?.hash !== head.hash) return Math.min(head.sequence, links.length + 1);
  return undefined;
}

/** From whom each answer of a case came: the last one who filled it in. */
export function getAnswerSources(entries: readonly AuditEntry[]): Record<string, AnswerSource> {
  const fieldSources = entries.flatMap(({ fields, source }) =>
    source ? fields.map((field) => [field, source] as const) : [],
  );
  return Object.fromEntries(fieldSources);
}
