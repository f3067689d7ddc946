import type { Plan } from './plan.ts';
import type { Result } from './run-plan.ts';

const removeAt = <T>(list: readonly T[], removedIndex: number): T[] =>
  list.filter((_, index) => index !== removedIndex);

/** Every plan with one thing less. */
function listSmallerPlans(plan: Plan): Plan[] {
  return [
    ...plan.faults.map((_, index) => ({ ...plan, faults: removeAt(plan.faults, index) })),
    ...plan.actions.map((_, index) => ({ ...plan, actions: removeAt(plan.actions, index) })),
    ...(plan.drafts.length > 1
      ? [{ ...plan, drafts: plan.drafts.slice(0, -1), actions: dropLastDraftActions(plan) }]
      : []),
    { ...plan, clockOffsetsMs: plan.clockOffsetsMs.map(() => 0) },
    { ...plan, invisibleMs: 0 },
    { ...plan, enrolledPhones: [] },
    { ...plan, runsToRetention: false },
    { ...plan, queryTimeoutMs: undefined },
  ].filter((smallerPlan) => JSON.stringify(smallerPlan) !== JSON.stringify(plan));
}

const dropLastDraftActions = ({ actions, drafts }: Plan) =>
  actions.filter((action) => !('draft' in action) || action.draft < drafts.length - 1);

/**
 * Takes things out of a failing plan for as long as it breaks the same rule.
 *
 * @returns the smallest plan that was found, with its run
 */
export async function shrinkPlan(
  plan: Plan,
  result: Result,
  run: (plan: Plan) => Promise<Result>,
): Promise<{ plan: Plan; result: Result }> {
  for (const smallerPlan of listSmallerPlans(plan)) {
    const attempt = await run(smallerPlan);
    if (attempt.breach?.rule === result.breach?.rule) return shrinkPlan(smallerPlan, attempt, run);
  }
  return { plan, result };
}
