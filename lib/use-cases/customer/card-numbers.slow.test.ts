import fc from 'fast-check';
import { expect, test } from 'vitest';
import { buildSessionLinkRequest } from '../../domain/build-session-link-request.ts';
import { type FormInput, getFieldText } from '../../domain/form-input.ts';
import { getJourneyProgress, type SavedSteps } from '../../domain/journey.ts';
import { sampleContext, sampleInputs, sampleSpelling } from '../../domain/sample-answers.ts';
import { type StepId, steps } from '../../domain/steps/index.ts';
import type { DraftRepository } from '../../store/drafts.ts';
import type { Ledger } from '../../store/ledger.ts';
import { limitNothing } from './save-partial-step.ts';
import { saveStep } from './save-step.ts';

const COUNT = 10_000;
const NOW = new Date('2026-11-22T12:00:00Z');

/** How card numbers begin and how long they are (ISO/IEC 7812, the networks' published ranges). */
const NETWORKS: readonly (readonly [begin: string, lengths: readonly number[]])[] = [
  ['4', [13, 16, 19]],
  ...['51', '53', '55', '2221', '2720', '6011', '644', '65'].map((begin) => [begin, [16]] as const),
  ...['34', '37'].map((begin) => [begin, [15]] as const),
  ...['300', '36', '38'].map((begin) => [begin, [14]] as const),
  ['3528', [16]],
  ...['62', '50', '5612', '6304'].map((begin) => [begin, [16, 17, 18, 19]] as const),
];
/** What people and phones put between the groups. */
const SEPARATORS = [
  '',
  ' ',
  '-',
  ' - ',
  '.',
  '/',
  '_',
  '\u00a0',
  '\u2009',
  '\u2013',
  ' · ',
  '\u200b',
  ', ',
  '|',
  ') (',
];

/** The digit that makes the sum a whole ten, found by trying. */
function withLuhnDigit(digits: string): string {
  const sums = (text: string) =>
    [...text].reduceRight(
      ([sum, isDoubled], char) => {
        const value = Number(char) * (isDoubled ? 2 : 1);
        return [sum + Math.floor(value / 10) + (value % 10), !isDoubled] as [number, boolean];
      },
      [0, false] as [number, boolean],
    )[0] % 10;
  return digits + [...'0123456789'].find((last) => sums(digits + last) === 0);
}

const cards = fc
  .tuple(
    fc.constantFrom(...NETWORKS.flatMap(([begin, lengths]) => lengths.map((length) => [begin, length] as const))),
    fc.infiniteStream(fc.integer({ min: 0, max: 9 })),
    fc.constantFrom(...SEPARATORS),
    fc.constantFrom('', 'Calle ', 'card: '),
    fc.constantFrom('', ' 11/28 123', ' gracias'),
  )
  .map(([[begin, length], stream, separator, before, after]) => {
    const filler = [...stream.take(length - 1 - begin.length)].join('');
    const number = withLuhnDigit(begin + filler);
    const text = before + (number.match(/.{1,4}/g) ?? []).join(separator) + after;
    return { number, typed: text };
  });

/** Every box of ours in which text can be typed, with a form around it that is otherwise good. */
const FIELDS: readonly (readonly [StepId, string, FormInput])[] = steps.flatMap(({ id, fields }) =>
  fields
    .filter((name) => !['countryCode', 'paymentMethodType', 'gender', 'birthState'].includes(name))
    .filter((name) => id !== 'card' || ['addCardParams.nameOnCard'].includes(name))
    .flatMap((name): [StepId, string, FormInput][] =>
      name === 'ubnParams.number'
        ? (['UBN', 'DigitalWallet', 'Card'] as const).map((paymentMethodType) => [
            id,
            name,
            { ...sampleInputs.payment, paymentMethodType },
          ])
        : [[id, name, sampleInputs[id]]],
    ),
);

function withText(input: FormInput, name: string, text: string): FormInput {
  const [first = '', ...rest] = name.split('.');
  const inner = input[first];
  if (rest.length === 0) return { ...input, [first]: text };
  return { ...input, [first]: withText(typeof inner === 'object' ? inner : {}, rest.join('.'), text) };
}

const digitsIn = (value: unknown) => JSON.stringify(value).normalize('NFKC').replace(/\D/g, '');

/** The store as a save sees it: one draft, kept as it is written. */
function createStore(steps: SavedSteps) {
  const draft = { id: 'draft', version: 1, content: { steps } };
  const drafts = {
    find: async () => draft,
    update: async (_draft: unknown, content: { steps: SavedSteps }) => {
      draft.content = content;
      return true;
    },
  } as unknown as DraftRepository;
  return { draft, drafts, ledger: { findLatest: async () => undefined } as unknown as Ledger };
}

const whole: SavedSteps = Object.fromEntries(
  steps.map(({ id }) => [id, { input: sampleInputs[id], savedAt: NOW.toISOString() }]),
);

/** What could be read of this form afterwards: in the draft, in the page's answer, and in what would be sent. */
async function collectTraces(stepId: StepId, input: FormInput): Promise<{ isRefused: boolean; traces: unknown }> {
  const { draft, drafts, ledger } = createStore(whole);
  const tools = { drafts, ledger, limitDraft: limitNothing, context: sampleContext, now: NOW };
  const result = await saveStep(tools, { token: 't', stepId, input });
  if (result.kind === 'invalid') {
    expect(draft.content.steps).toBe(whole);
    return { isRefused: true, traces: result.values };
  }
  const progress = getJourneyProgress(draft.content.steps, sampleContext, NOW.toISOString());
  const request = progress.firstOpenStep === 'review' ? buildSessionLinkRequest(progress, surroundings) : undefined;
  return { isRefused: false, traces: [draft.content.steps[stepId]?.input, request] };
}

const surroundings = { lang: 'es', spelling: sampleSpelling, callLocation: undefined } as const;

test(`${COUNT} card numbers in all boxes: none is kept, none is sent, none comes back`, async () => {
  expect(FIELDS.length).toBeGreaterThan(15);
  const refusalCounts = new Map<string, number>();
  let turn = 0;
  await fc.assert(
    fc.asyncProperty(cards, async ({ number, typed: text }) => {
      // The one number that can be both: eighteen digits with the check of a CLABE, in the box for a CLABE.
      const isAccount = (name: string) =>
        name === 'ubnParams.number' && number.length === 18 && text.replace(/\D/g, '') === number;
      const checkForm = async (stepId: StepId, names: readonly string[], form: FormInput) => {
        const input = names.reduce((filled, name) => withText(filled, name, text), form);
        const { isRefused, traces } = await collectTraces(stepId, input);
        if (digitsIn(traces).includes(number)) throw new Error(`${names.join()} keeps, shows or sends a card`);
        return isRefused;
      };
      // All boxes of a step at once, and then one box in a form that is otherwise good.
      for (const id of ['identity', 'address', 'card'] as const) {
        const names = FIELDS.filter(([stepId]) => stepId === id).map(([, name]) => name);
        expect(await checkForm(id, names, sampleInputs[id])).toBe(true);
      }
      const [stepId, name, form] = FIELDS[turn % FIELDS.length] as (typeof FIELDS)[number];
      turn += 1;
      if (isAccount(name)) return;
      const isRefused = await checkForm(stepId, [name], form);
      const where = `${name} ${getFieldText(form, 'paymentMethodType')}`;
      refusalCounts.set(where, (refusalCounts.get(where) ?? 0) + (isRefused ? 1 : 0));
    }),
    { numRuns: COUNT },
  );
  // What nobody looks at is emptied in silence; every other box refuses.
  const silent = [...refusalCounts].filter(([, refused]) => refused === 0).map(([where]) => where.trim());
  expect(silent.sort()).toEqual(['placeDetail', 'ubnParams.number Card', 'ubnParams.number DigitalWallet']);
}, 300_000);
