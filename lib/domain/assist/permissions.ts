/** Roles that the identity provider may state (`OIDC_ROLE_CLAIM`). */
export const AGENT_ROLES = ['agent', 'supervisor', 'operator', 'compliance'] as const;
export type AgentRole = (typeof AGENT_ROLES)[number];

/** Owner of a case, seen from the acting agent: the agent, another agent of the shop, or another shop. */
export const OWNERSHIPS = ['own', 'shop', 'foreign'] as const;
export type Ownership = (typeof OWNERSHIPS)[number];

export const ACTIONS = [
  'case.start',
  'case.takeOver',
  'case.list',
  'case.read',
  'case.fill',
  'case.handOver',
  'case.confirm',
  'case.watch',
  'case.stop',
  'case.close',
  'case.status',
  'case.reason',
  'case.history',
  'parked.list',
  'parked.resolve',
  'figures.read',
  'session.list',
] as const;
export type Action = (typeof ACTIONS)[number];

export type Agent = { subject: string; name: string; role: AgentRole; shop: string };

const [OWN_CASES, SHOP_CASES]: [readonly Ownership[], readonly Ownership[]] = [['own'], ['own', 'shop']];
const NO_CASES: readonly Ownership[] = [];

/**
 * The cases on which each role may act. No role reaches another shop's case: the server answers as if it did not exist.
 */
const PERMISSIONS: Record<Action, Record<AgentRole, readonly Ownership[]>> = {
  'case.start': { agent: OWN_CASES, supervisor: OWN_CASES, operator: NO_CASES, compliance: NO_CASES },
  'case.takeOver': { agent: OWN_CASES, supervisor: OWN_CASES, operator: NO_CASES, compliance: NO_CASES },
  'case.list': { agent: SHOP_CASES, supervisor: SHOP_CASES, operator: NO_CASES, compliance: SHOP_CASES },
  'case.read': { agent: SHOP_CASES, supervisor: SHOP_CASES, operator: NO_CASES, compliance: NO_CASES },
  'case.fill': { agent: SHOP_CASES, supervisor: SHOP_CASES, operator: NO_CASES, compliance: NO_CASES },
  'case.handOver': { agent: SHOP_CASES, supervisor: SHOP_CASES, operator: NO_CASES, compliance: NO_CASES },
  'case.confirm': { agent: SHOP_CASES, supervisor: SHOP_CASES, operator: NO_CASES, compliance: NO_CASES },
  'case.watch': { agent: SHOP_CASES, supervisor: SHOP_CASES, operator: NO_CASES, compliance: SHOP_CASES },
  'case.stop': { agent: SHOP_CASES, supervisor: SHOP_CASES, operator: NO_CASES, compliance: NO_CASES },
  'case.close': { agent: OWN_CASES, supervisor: SHOP_CASES, operator: NO_CASES, compliance: NO_CASES },
  'case.status': { agent: SHOP_CASES, supervisor: SHOP_CASES, operator: NO_CASES, compliance: SHOP_CASES },
  'case.reason': { agent: NO_CASES, supervisor: NO_CASES, operator: NO_CASES, compliance: SHOP_CASES },
  'case.history': { agent: NO_CASES, supervisor: SHOP_CASES, operator: NO_CASES, compliance: SHOP_CASES },
  'parked.list': { agent: NO_CASES, supervisor: SHOP_CASES, operator: NO_CASES, compliance: NO_CASES },
  'parked.resolve': { agent: NO_CASES, supervisor: SHOP_CASES, operator: NO_CASES, compliance: NO_CASES },
  'figures.read': { agent: NO_CASES, supervisor: SHOP_CASES, operator: SHOP_CASES, compliance: NO_CASES },
  'session.list': { agent: OWN_CASES, supervisor: OWN_CASES, operator: OWN_CASES, compliance: OWN_CASES },
};

export function getOwnership(
  agent: Pick<Agent, 'subject' | 'shop'>,
  owner: { agent: string; shop: string },
): Ownership {
  if (owner.shop !== agent.shop) return 'foreign';
  return owner.agent === agent.subject ? 'own' : 'shop';
}

export const hasPermission = (role: AgentRole, action: Action, ownership: Ownership): boolean =>
  PERMISSIONS[action][role].includes(ownership);

export const isAgentRole = (claim: unknown): claim is AgentRole => AGENT_ROLES.some((role) => role === claim);
