import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { getJourneyContext } from '../../config/get-journey-context.ts';
import { getStore } from '../../store/store.ts';
import { createDraft, createSavedSteps, createSubmission, readDraft } from '../../store/test-people.ts';
import { setUpTestStore } from '../../store/test-store.ts';
import { reportStalled } from '../webhooks/report-stalled.ts';
import { resumeApplication } from './resume-application.ts';

const folder = mkdtempSync(join(tmpdir(), 'front-door-resume-'));
const file = join(folder, 'webhooks.json');
const secrets = [`whsec_${randomBytes(32).toString('base64')}`];
writeFileSync(file, JSON.stringify({ endpoints: [{ name: 'crm', url: 'http://127.0.0.1:1/hooks', secrets }] }));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

setUpTestStore({ WEBHOOKS_FILE: file });

const RIGHT = { day: '24', month: '6', year: '1987' };
const WRONG = { day: '25', month: '6', year: '1987' };
const asks = { kind: 'asks', hasOther: false, error: undefined };

/** Creates an application that counts as stalled at once. @returns the draft's token and the link's */
async function createStalled(steps = createSavedSteps()) {
  const { draft, token } = await createDraft({ steps });
  const { stalled, outbox } = await getStore();
  const now = () => new Date();
  await reportStalled({ stalled, context: getJourneyContext(now()), now, idleMs: -60_000 });
  let link: string | undefined;
  for (let batch = await outbox.claimDue('crm', 8); batch.length > 0; batch = await outbox.claimDue('crm', 8)) {
    for (const event of batch) {
      await outbox.settle(event, 'delivered', 'HTTP 200');
      if (event.draftId === draft.id && event.body.type === 'application.stalled')
        link = event.body.data.continueUrl?.split('#')[1];
    }
  }
  return { draft, token, link: link ?? '' };
}

test('the right date continues the application on the page that is open, once', async () => {
  const { token, link } = await createStalled(createSavedSteps(undefined, ['identity']));
  expect(await resumeApplication(link, undefined, undefined)).toEqual(asks);
  expect(await resumeApplication(link, RIGHT, undefined)).toEqual({ kind: 'resumed', token, next: 'address' });
  expect(await resumeApplication(link, RIGHT, undefined)).toEqual({ kind: 'gone' });
});

test('a date is read as the form of the journey reads it', async () => {
  const { link } = await createStalled();
  const date = { day: '24', month: 'junio', year: '1987' };
  expect(await resumeApplication(link, date, undefined)).toMatchObject({ kind: 'resumed' });
});

test('a wrong date says so, and the fifth one ends the link; what is no date costs no try', async () => {
  const { link } = await createStalled();
  for (const day of ['', '0', '31', 'x'])
    expect(await resumeApplication(link, { ...RIGHT, day }, undefined)).toMatchObject({
      error: expect.stringMatching(/^errors\.dob\./),
    });
  for (const _try of [1, 2, 3, 4, 5])
    expect(await resumeApplication(link, WRONG, undefined)).toEqual({ ...asks, error: 'partner.resume.wrong' });
  expect(await resumeApplication(link, RIGHT, undefined)).toEqual({ kind: 'gone' });
});

test('a device with another application hears that it is replaced, and one with the same does not', async () => {
  const { token: otherToken } = await createDraft({ steps: createSavedSteps() });
  const { token, link } = await createStalled();
  expect(await resumeApplication(link, undefined, otherToken)).toEqual({ ...asks, hasOther: true });
  expect(await resumeApplication(link, undefined, 'a cookie of no draft')).toEqual(asks);
  expect(await resumeApplication(link, undefined, token)).toEqual(asks);
});

test('a customer who has continued or submitted on the own device makes the link void', async () => {
  const continued = await createStalled();
  const { drafts } = await getStore();
  const draft = await readDraft(continued.token);
  expect(await drafts.update(draft, draft.content)).toBe(true);
  expect(await resumeApplication(continued.link, RIGHT, undefined)).toEqual({ kind: 'gone' });

  const submitted = await createStalled();
  await createSubmission(submitted.draft, 'succeeded');
  expect(await resumeApplication(submitted.link, RIGHT, undefined)).toEqual({ kind: 'gone' });
});

test('an unknown link and an application without a date of birth lead nowhere', async () => {
  const { link } = await createStalled({});
  for (const token of [link, '', 'unknown'])
    expect(await resumeApplication(token, RIGHT, undefined)).toEqual({ kind: 'gone' });
});
