import type { AgentRole } from './permissions.ts';

export type AnswerSource = 'agent' | 'customer' | 'partner';

/** Characters of a session's id that identify its device. */
const DEVICE_NAME_LENGTH = 12;

/** Returns the name that entries give to a session's device. */
export const getDeviceName = (sessionId: string): string => sessionId.slice(0, DEVICE_NAME_LENGTH);

/** An action at the console, with the names of changed fields and never a value. */
export type AuditEntry = {
  /** ISO 8601, UTC. */
  at: string;
  /** The agent's subject at the identity provider, or `customer`, `operator` or `system`. */
  actor: string;
  /** The agent's name at that time. Entries of earlier versions have none. */
  actorName?: string | undefined;
  role: AgentRole | undefined;
  shop: string | undefined;
  /** First characters of the session's hash: one device for as long as it is signed in. */
  device: string | undefined;
  action: string;
  caseId: string | undefined;
  fields: readonly string[];
  source: AnswerSource | undefined;
};

type ChainPosition = { sequence: number; previous: string; hash: string };
export type ChainLink = ChainPosition & { entry: AuditEntry };
/** The head of a chain, recorded in the root chain: it reveals later that the chain was cut or removed. */
export type Anchor = ChainPosition & { at: Date; chain: string; chainSequence: number; chainHead: string };

/** SHA-256 of a text, in hexadecimal. */
export type HashFunction = (text: string) => string;

/** Previous hash of the first entry in the chain of all shops, to which earlier versions append. */
export const GENESIS = '0'.repeat(64);

/** Name of the chain of earlier versions. */
export const LEGACY_CHAIN = 'audit';

/** Returns the chain of an entry. Each shop has its own, so that agents of different shops never wait for each other. */
export const getChain = ({ shop }: AuditEntry): string => (shop === undefined ? 'commands' : `shop/${shop}`);

/** Returns the previous hash of a chain's first link. It contains the name, so that no link fits another chain. */
export const getGenesis = (chain: string, hashText: HashFunction): string =>
  chain === LEGACY_CHAIN ? GENESIS : hashText(chain);

/** Returns the text that is hashed. The order of its parts is fixed; entries of earlier versions end before the agent's name. */
export function serializeEntry(sequence: number, entry: AuditEntry, previous: string): string {
  const { at: createdAt, actor, actorName, role, shop, device, action, caseId, fields, source } = entry;
  const parts = [sequence, previous, createdAt, actor, role, shop, device, action, caseId, [...fields], source];
  if (actorName !== undefined) parts.push(actorName);
  return JSON.stringify(parts.map((part) => part ?? null));
}

/** Returns the text of an anchor that is hashed. */
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
 * Links entries to the head of a chain.
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
 * Creates a function that checks the links of a chain one after the other.
 *
 * @param genesis previous hash of the first link
 * @returns true as long as each link has the expected number, previous hash and hash
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
 * Returns the number of the first link that was changed or is missing.
 *
 * @param links in the order of their numbers
 * @param head kept outside the database: without it a cut end cannot be detected
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

/** Returns the last source of each answer of a case. */
export function getAnswerSources(entries: readonly AuditEntry[]): Record<string, AnswerSource> {
  const fieldSources = entries.flatMap(({ fields, source }) =>
    source ? fields.map((field) => [field, source] as const) : [],
  );
  return Object.fromEntries(fieldSources);
}
