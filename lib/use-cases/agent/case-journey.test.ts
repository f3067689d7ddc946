import { expect, test } from 'vitest';
import { readStamp } from '../../domain/form-stamp.ts';
import { getStore } from '../../store/store.ts';
import { ana, createCase, createSavedSteps, createSubmission, readCase, readDraft } from '../../store/test-people.ts';
import { setUpTestStore } from '../../store/test-store.ts';
import { buildCaseJourneyView, findCaseJourney, getCaseProgress } from './case-journey.ts';

setUpTestStore();

test('an open case has the journey of its draft', async () => {
  const steps = createSavedSteps();
  const caseRecord = await createCase({ steps });
  const journey = await findCaseJourney(caseRecord);
  expect(journey).toMatchObject({ content: { steps }, progress: { firstOpenStep: 'review' }, submission: undefined });
});

test('a closed case has no journey, and a case whose draft is gone is closed', async () => {
  const closed = await createCase();
  const { cases, drafts } = await getStore();
  await cases.close(closed);
  expect(await findCaseJourney(await readCase(closed.id))).toBeUndefined();
  const abandoned = await createCase();
  await cases.updateCustomer(abandoned, { ...abandoned.customer, token: 'gone' });
  expect(await findCaseJourney(await readCase(abandoned.id))).toBeUndefined();
  expect((await readCase(abandoned.id)).isOpen).toBe(false);
  expect(await drafts.has(abandoned.customer.token)).toBe(true);
});

test('the progress names the state, the step and the devices that wait, and its view changes with each', async () => {
  const caseRecord = await createCase();
  const readProgress = async () => {
    const journey = await findCaseJourney(caseRecord);
    if (!journey) throw new Error('no journey');
    return getCaseProgress(journey, caseRecord);
  };
  expect(await readProgress()).toMatchObject({ state: 'none', step: 'identity', devices: [], view: 'none.identity' });
  const { handovers } = await getStore();
  await handovers.create(caseRecord.id);
  const handover = await handovers.findLatest(caseRecord.id);
  if (!handover) throw new Error('no hand-over');
  await handovers.addDevice(handover);
  const progress = await readProgress();
  const [device] = progress.devices;
  expect(progress.view).toBe(`waiting.identity.${device?.digits}`);
});

test('a refusal of the present answers is shown, one of earlier answers is not', async () => {
  const caseRecord = await createCase({ steps: createSavedSteps() });
  const draft = await readDraft(caseRecord.customer.token);
  await createSubmission(draft, 'refused');
  expect(await findCaseJourney(caseRecord)).toMatchObject({ refusal: 'phone' });
  await (await getStore()).drafts.update(draft, draft.content);
  expect((await findCaseJourney(caseRecord))?.refusal).toBeUndefined();
});

test('the forms of a case have the mark of the agent’s session, so that another agent’s form is noticed', async () => {
  const caseRecord = await createCase();
  const journey = await findCaseJourney(caseRecord);
  if (!journey) throw new Error('no journey');
  const view = buildCaseJourneyView(journey, { session: ana, caseRecord }, 'en');
  expect(readStamp(view.createStamp('a1'))).toEqual({ subject: `d${ana.id.slice(0, 12)}`, seen: 'a1' });
  expect(view.getPartialPath('identity')).toBe(`/en/assist/cases/${caseRecord.id}/identity/typed`);
});
