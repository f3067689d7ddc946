import type { Plan } from './plan.ts';
import type { Result } from './world.ts';

const without = <T>(list: readonly T[], at: number): T[] => list.filter((_, index) => index !== at);

/** Every plan with one thing less. */
function createSmaller(plan: Plan): Plan[] {
  return [
    ...plan.faults.map((_, at) => ({ ...plan, faults: without(plan.faults, at) })),
    ...plan.actions.map((_, at) => ({ ...plan, actions: without(plan.actions, at) })),
    ...(plan.drafts.length > 1 ? [{ ...plan, drafts: plan.drafts.slice(0, -1), actions: keepDrafts(plan) }] : []),
    { ...plan, clockOffsetsMs: plan.clockOffsetsMs.map(() => 0) },
    { ...plan, invisibleMs: 0 },
    { ...plan, enrolledPhones: [] },
    { ...plan, runsToRetention: false },
    { ...plan, queryTimeoutMs: undefined },
  ].filter((smaller) => JSON.stringify(smaller) !== JSON.stringify(plan));
}

const keepDrafts = ({ actions, drafts }: Plan) =>
  actions.filter((action) => !('draft' in action) || action.draft < drafts.length - 1);

/**
 * Takes things out of a failing plan for as long as it breaks the same rule.
 *
 * @returns the smallest plan that was found, with its run
 */
export async function shrink(
  plan: Plan,
  result: Result,
  run: (plan: Plan) => Promise<Result>,
): Promise<{ plan: Plan; result: Result }> {
  for (const smaller of createSmaller(plan)) {
    const attempt = await run(smaller);
    if (attempt.breach?.rule === result.breach?.rule) return shrink(smaller, attempt, run);
  }
  return { plan, result };
}
