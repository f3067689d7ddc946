import { expect, test, vi } from 'vitest';
import { getStore } from '../../store/store.ts';
import { ana, createCase, listActions, readCase } from '../../store/test-people.ts';
import { setUpTestStore } from '../../store/test-store.ts';
import { runCaseAction } from './run-case-action.ts';

setUpTestStore();

test('an action that the state allows is recorded and then run', async () => {
  const caseRecord = await createCase();
  const handler = vi.fn(async () => listActions(caseRecord));
  const result = await runCaseAction({ session: ana, caseRecord }, 'case.handOver', {}, handler);
  expect(result).toEqual({ kind: 'done', result: ['case.handOver'] });
});

test('an action that the state does not allow is neither recorded nor run', async () => {
  const caseRecord = await createCase();
  const handler = vi.fn(async () => 'run');
  for (const action of ['case.stop', 'case.confirm', 'case.status'] as const)
    expect(await runCaseAction({ session: ana, caseRecord }, action, {}, handler)).toEqual({ kind: 'impossible' });
  expect(handler).not.toHaveBeenCalled();
  expect(await listActions(caseRecord)).toEqual([]);
});

test('no action runs on a closed case', async () => {
  const { id } = await createCase();
  await (await getStore()).cases.close({ id });
  const handler = vi.fn(async () => 'run');
  const access = { session: ana, caseRecord: await readCase(id) };
  expect(await runCaseAction(access, 'case.fill', {}, handler)).toEqual({ kind: 'closed' });
  expect(handler).not.toHaveBeenCalled();
});

test('the audit has the fields and their source, and no value', async () => {
  const caseRecord = await createCase();
  const details = { fields: ['firstName'], source: 'agent' } as const;
  await runCaseAction({ session: ana, caseRecord }, 'case.fill', details, async () => undefined);
  const [entry] = await (await getStore()).audit.listByCase(caseRecord.id);
  expect(entry).toMatchObject({ actor: 'ana', shop: 'centro', action: 'case.fill', ...details });
});
