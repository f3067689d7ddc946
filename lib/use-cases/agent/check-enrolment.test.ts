import { expect, test, vi } from 'vitest';
import {
  ana,
  createCase,
  createSavedSteps,
  createSubmission,
  listActions,
  readDraft,
} from '../../store/test-people.ts';
import { setUpTestStore } from '../../store/test-store.ts';
import type { UserLookup } from '../../upstream/raas.ts';
import { checkEnrolment } from './check-enrolment.ts';

const findUser = vi.fn<(phone: string, withinMs: number) => Promise<UserLookup>>();
vi.mock('../../upstream/upstream-from-env.ts', () => ({ getRaasClient: () => ({ findUser }) }));

setUpTestStore();

async function createDeliveredCase() {
  const caseRecord = await createCase({ steps: createSavedSteps() });
  await createSubmission(await readDraft(caseRecord.customer.token), 'succeeded');
  return caseRecord;
}

test('the upstream is asked for the phone of the case in the tenant’s form', async () => {
  const caseRecord = await createDeliveredCase();
  findUser.mockResolvedValueOnce({ kind: 'absent' });
  expect(await checkEnrolment({ session: ana, caseRecord })).toEqual({ kind: 'done', result: 'running' });
  expect(findUser).toHaveBeenCalledWith('+5215521206706', 2_000);
  expect(await listActions(caseRecord)).toEqual(['case.status']);
});

test('an upstream that does not answer is a failed check', async () => {
  findUser.mockResolvedValueOnce({ kind: 'failed', cause: 'HTTP 500', isDenied: false });
  const caseRecord = await createDeliveredCase();
  expect(await checkEnrolment({ session: ana, caseRecord })).toEqual({ kind: 'done', result: 'failed' });
});

test('the upstream is never asked about a customer whose details were not delivered', async () => {
  findUser.mockClear();
  expect(await checkEnrolment({ session: ana, caseRecord: await createCase() })).toEqual({ kind: 'impossible' });
  expect(findUser).not.toHaveBeenCalled();
});
