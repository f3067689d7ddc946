import type { SavedSteps } from '../../lib/domain/journey.ts';
import { sampleConsent, sampleContext, sampleInputs } from '../../lib/domain/sample-answers.ts';
import type { SubmissionOutcome } from '../../lib/domain/submission.ts';
import { idOf } from '../../lib/store/token.ts';
import { saveStep } from '../../lib/use-cases/customer/save-step.ts';
import { submit } from '../../lib/use-cases/submission/submit.ts';
import type { Instance } from './instance.ts';
import type { Plan } from './plan.ts';
import { START_MS } from './process.ts';
import type { Upstream } from './upstream.ts';

/** A security code is kept for so long (`lib/domain/steps/card`). */
const CARD_MS = 45 * 60_000;
/** By the last name in its answers, the upstream's model knows which draft a call is of. */
const LAST_NAMES = ['Garcia', 'Lopez', 'Ruiz', 'Soto'];
const typedPhoneOf = (index: number): string => `551234560${index}`;
/** As the upstream is told it. */
export const phoneOf = (index: number): string => `+521${typedPhoneOf(index)}`;
export const draftOf = (lastName: string): number => LAST_NAMES.indexOf(lastName);

/** Faults by which a statement fails for good. */
const STORE_FAULTS = new Set(['pause', 'late', 'lost', 'partition', 'outage', 'failover']);

export type People = {
  draftId: (draft: number) => string;
  /** Simulated milliseconds at which the card of a draft must be typed again. */
  cardRunsOutMs: (draft: number) => number;
  /** Writes the finished drafts, before anything happens. */
  prepare: (instance: Instance) => Promise<void>;
  press: (instance: Instance, draft: number) => Promise<SubmissionOutcome['kind'] | 'error' | 'gone'>;
  /** Whether an operator has ended this draft's submission: then there is no link. */
  isDecided: (draft: number) => boolean;
  /** Saves an answer anew. */
  edit: (instance: Instance, draft: number, step: 'address' | 'card') => Promise<void>;
  /** What was typed is forgotten as soon as it has led to a link. */
  checkForgotten: (instance: Instance, draft: number) => Promise<void>;
  /** Comes back to the page that tells how it is going. */
  visit: (instance: Instance, draft: number) => Promise<void>;
  /** An operator decides about what is parked, as far as the upstream's side of it is certain. */
  decide: (instance: Instance, rows: readonly { id: string; draft: string; state: string }[]) => Promise<void>;
};

type Surroundings = {
  plan: Plan;
  upstream: Upstream;
  elapsedMs: () => number;
  /** Drafts whose rows an asynchronous failover has lost: what was told of them is not promised. */
  isExempt: (draft: number) => boolean;
  note: (line: string) => void;
  breach: (rule: string, detail: string) => void;
};

export function createPeople({ plan, upstream, elapsedMs, isExempt, note, breach }: Surroundings): People {
  const tokens: string[] = [];
  const cardSavedMs: number[] = [];
  const decided = new Set<number>();
  let edits = 0;
  const draftId = (draft: number) => idOf(tokens[draft] ?? '');

  function complete(draft: number): SavedSteps {
    const savedAt = new Date(START_MS).toISOString();
    const { phone, paysByCard } = plan.drafts[draft] ?? { phone: 0, paysByCard: false };
    const { identity, address, card } = sampleInputs;
    const lastName = LAST_NAMES[draft] ?? '';
    const steps = {
      identity: { ...identity, lastName, phoneNumber: typedPhoneOf(phone), email: '' },
      address,
      payment: { paymentMethodType: paysByCard ? 'Card' : 'DigitalWallet', ubnParams: { number: '' } },
      card,
    };
    return Object.fromEntries(Object.entries(steps).map(([id, input]) => [id, { input, savedAt }])) as SavedSteps;
  }

  /** What a customer is told must be true of the upstream. */
  function checkTold(draft: number, outcome: SubmissionOutcome): void {
    if (outcome.kind === 'linked') checkLink(draft, outcome.link);
    if (isExempt(draft)) return;
    const saysNothingWasSent = ['not-sent', 'phone-held', 'limited', 'incomplete'].includes(outcome.kind);
    if (saysNothingWasSent && (upstream.hasMadeUser(draft) || upstream.mayArrive(draft))) {
      breach('truth', `${outcome.kind} was said of a draft that may have been processed`);
    }
    if (outcome.kind === 'refused' && upstream.hasMadeUser(draft)) {
      breach('truth', 'a customer whose user had been made was told of a refusal');
    }
  }

  function checkLink(draft: number, link: string): void {
    if (upstream.ownerOf(link) !== draft && !isExempt(draft)) breach('I6', 'a link of another draft was handed out');
  }

  return {
    draftId,
    isDecided: (draft) => decided.has(draft),
    cardRunsOutMs: (draft) =>
      plan.drafts[draft]?.paysByCard ? (cardSavedMs[draft] ?? 0) + CARD_MS : Number.POSITIVE_INFINITY,
    async prepare({ stores }) {
      for (const draft of plan.drafts.keys()) tokens.push(await stores.drafts.create({ steps: complete(draft) }));
    },
    async press({ process, stores, submitTools }, draft) {
      try {
        const found = await stores.drafts.find(tokens[draft] ?? '');
        if (!found) return 'gone';
        const consent = { ...sampleConsent, at: process.runtime.now().toISOString() };
        const outcome = await submit(submitTools, { draft: found, lang: 'en', callLocation: undefined, consent });
        note(`p${process.index} tells draft ${draft}: ${outcome.kind}`);
        checkTold(draft, outcome);
        return outcome.kind;
      } catch (error) {
        note(`p${process.index} fails draft ${draft}: ${error instanceof Error ? error.message : error}`);
        if (!(error instanceof Error) || error.name !== 'StoreError') throw error;
        if (!plan.faults.some(({ kind }) => STORE_FAULTS.has(kind))) {
          breach('retry', 'a press failed by a conflict, or by nothing');
        }
        return 'error';
      }
    },
    async edit({ process, stores }, draft, stepId) {
      edits += 1;
      const input = stepId === 'card' ? sampleInputs.card : { ...sampleInputs.address, address2: `Piso ${edits}` };
      const { now } = process.runtime;
      const tools = { drafts: stores.drafts, ledger: stores.ledger, context: sampleContext, now: now() };
      const countDraft = async () => undefined;
      const saved = await saveStep({ ...tools, countDraft }, { token: tokens[draft], stepId, input });
      if (stepId === 'card') cardSavedMs[draft] = elapsedMs();
      note(`p${process.index} saves ${stepId} of draft ${draft}: ${saved.kind}`);
    },
    async checkForgotten({ stores }, draft) {
      const found = await stores.drafts.find(tokens[draft] ?? '');
      if (found && Object.keys(found.content.steps).length > 0)
        breach('retention', 'a served draft still has its answers');
    },
    async visit({ process, stores }, draft) {
      const latest = await stores.ledger.latest(draftId(draft));
      note(`p${process.index} shows draft ${draft}: ${latest?.state ?? 'nothing'}`);
      if (latest?.link !== undefined) checkLink(draft, latest.link);
    },
    async decide({ stores }, rows) {
      for (const { id, draft: ofDraft } of rows.filter(({ state }) => state === 'parked')) {
        const draft = plan.drafts.findIndex((_, index) => draftId(index) === ofDraft);
        if (upstream.mayArrive(draft)) continue;
        const decision = upstream.hasMadeUser(draft) ? 'delivered' : 'again';
        const resolution = await stores.operations.resolve(id, decision);
        note(`operator decides ${decision} of draft ${draft}: ${resolution}`);
        if (resolution !== 'resolved') continue;
        upstream.close(draft);
        if (decision === 'delivered') decided.add(draft);
      }
    },
  };
}
