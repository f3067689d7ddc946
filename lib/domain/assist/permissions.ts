/** Who works at the console, as the identity provider says (`OIDC_ROLE_CLAIM`). */
export const ROLES = ['agent', 'supervisor', 'operator'] as const;
export type Role = (typeof ROLES)[number];

/** Whose case it is, seen from who acts: one's own, another's of the same shop, or another shop's. */
export const OWNERSHIPS = ['own', 'shop', 'foreign'] as const;
export type Ownership = (typeof OWNERSHIPS)[number];

/** Everything that can be done at the console. */
export const ACTIONS = [
  ...(['case.start', 'case.list', 'case.read', 'case.fill', 'case.handOver', 'case.watch', 'case.stop'] as const),
  ...(['case.close', 'audit.read'] as const),
] as const;
export type Action = (typeof ACTIONS)[number];

export type Agent = { subject: string; name: string; role: Role; shop: string };

const [OWN, SHOP]: [readonly Ownership[], readonly Ownership[]] = [['own'], ['own', 'shop']];
const NONE: readonly Ownership[] = [];

/**
 * What each role may do, and with whose cases. Nobody reaches another shop's: it is as if it did not exist. An action
 * without a row does not compile.
 */
const MAY: Record<Action, Record<Role, readonly Ownership[]>> = {
  'case.start': { agent: OWN, supervisor: OWN, operator: NONE },
  'case.list': { agent: SHOP, supervisor: SHOP, operator: NONE },
  'case.read': { agent: SHOP, supervisor: SHOP, operator: NONE },
  'case.fill': { agent: SHOP, supervisor: SHOP, operator: NONE },
  'case.handOver': { agent: SHOP, supervisor: SHOP, operator: NONE },
  'case.watch': { agent: SHOP, supervisor: SHOP, operator: NONE },
  'case.stop': { agent: SHOP, supervisor: SHOP, operator: NONE },
  'case.close': { agent: OWN, supervisor: SHOP, operator: NONE },
  'audit.read': { agent: NONE, supervisor: SHOP, operator: SHOP },
};

/** Whose a case is. */
export function ownershipOf(agent: Pick<Agent, 'subject' | 'shop'>, owner: { agent: string; shop: string }): Ownership {
  if (owner.shop !== agent.shop) return 'foreign';
  return owner.agent === agent.subject ? 'own' : 'shop';
}

export const mayDo = (role: Role, action: Action, ownership: Ownership): boolean =>
  MAY[action][role].includes(ownership);

/** Whether a claim names a role. */
export const isRole = (claim: unknown): claim is Role => ROLES.some((role) => role === claim);
