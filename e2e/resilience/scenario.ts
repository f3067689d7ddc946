import type { Program } from './programs.ts';

/** Counts of a scenario. */
export type ScenarioCounts = {
  times: number;
  people: number;
  posts: number;
  links: number;
  /** People for whom two POSTs arrived, with a recorded reconciliation between them. */
  reconciled: number;
  /** People for whom two POSTs arrived without one. Always a breach. */
  twice: number;
  /** People whose press was acknowledged and whose submission is gone. A breach, unless the scenario allows loss. */
  lost: number;
  parked: number;
  /** Why, for operators. */
  parkedCauses: string;
  /** People who ended as refused or not at all. Always a breach. */
  others: number;
  /** Presses that were answered with 503. */
  unavailable: number;
  /** Milliseconds from the end of each fault until every server had handed out a link. */
  servesAgainMs: readonly number[];
  /** Further remarks. */
  note?: string | undefined;
  breaches: readonly string[];
};

/** A fault that happens again and again; docs/resilience.md describes each. */
export type Scenario = {
  name: string;
  needs: readonly Program[];
  /** How often it happens unless the command says it. */
  defaultCount: number;
  run: (count: number) => Promise<ScenarioCounts>;
};
