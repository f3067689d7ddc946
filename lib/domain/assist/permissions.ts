/** Who works at the console, as the identity provider says (`OIDC_ROLE_CLAIM`). */
export const ROLES = ['agent', 'supervisor', 'operator', 'compliance'] as const;
export type Role = (typeof ROLES)[number];

/** Whose case it is, seen from who acts: one's own, another's of the same shop, or another shop's. */
export const OWNERSHIPS = ['own', 'shop', 'foreign'] as const;
export type Ownership = (typeof OWNERSHIPS)[number];

/** Everything that can be done at the console. */
export const ACTIONS = [
  ...(['case.start', 'case.takeOver', 'case.list', 'case.read', 'case.fill', 'case.handOver', 'case.confirm'] as const),
  ...(['case.watch', 'case.stop', 'case.close', 'case.status', 'case.reason', 'case.history'] as const),
  ...(['parked.list', 'parked.resolve', 'figures.read', 'session.list'] as const),
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
  'case.start': { agent: OWN, supervisor: OWN, operator: NONE, compliance: NONE },
  'case.takeOver': { agent: OWN, supervisor: OWN, operator: NONE, compliance: NONE },
  'case.list': { agent: SHOP, supervisor: SHOP, operator: NONE, compliance: SHOP },
  'case.read': { agent: SHOP, supervisor: SHOP, operator: NONE, compliance: NONE },
  'case.fill': { agent: SHOP, supervisor: SHOP, operator: NONE, compliance: NONE },
  'case.handOver': { agent: SHOP, supervisor: SHOP, operator: NONE, compliance: NONE },
  'case.confirm': { agent: SHOP, supervisor: SHOP, operator: NONE, compliance: NONE },
  'case.watch': { agent: SHOP, supervisor: SHOP, operator: NONE, compliance: SHOP },
  'case.stop': { agent: SHOP, supervisor: SHOP, operator: NONE, compliance: NONE },
  'case.close': { agent: OWN, supervisor: SHOP, operator: NONE, compliance: NONE },
  'case.status': { agent: SHOP, supervisor: SHOP, operator: NONE, compliance: SHOP },
  'case.reason': { agent: NONE, supervisor: NONE, operator: NONE, compliance: SHOP },
  'case.history': { agent: NONE, supervisor: SHOP, operator: NONE, compliance: SHOP },
  'parked.list': { agent: NONE, supervisor: SHOP, operator: NONE, compliance: NONE },
  'parked.resolve': { agent: NONE, supervisor: SHOP, operator: NONE, compliance: NONE },
  'figures.read': { agent: NONE, supervisor: SHOP, operator: SHOP, compliance: NONE },
  'session.list': { agent: OWN, supervisor: OWN, operator: OWN, compliance: OWN },
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
