import type { SavedSteps } from '../../lib/domain/journey.ts';
import { sampleConsent, sampleContext, sampleInputs } from '../../lib/domain/sample-answers.ts';
import { isDraftLocked, type SubmissionOutcome } from '../../lib/domain/submission.ts';
import { hashToken } from '../../lib/store/token.ts';
import { limitNothing } from '../../lib/use-cases/customer/save-partial-step.ts';
import { saveStep } from '../../lib/use-cases/customer/save-step.ts';
import { submit } from '../../lib/use-cases/submission/submit.ts';
import type { Instance } from './instance.ts';
import type { Plan } from './plan.ts';
import { START_MS } from './process.ts';
import type { Stores } from './stores.ts';
import type { Upstream } from './upstream.ts';

/** A security code is kept for so long (`lib/domain/steps/card`). */
const CARD_MS = 45 * 60_000;
/** By the last name in its answers, the upstream's model knows which draft a call is of. */
const LAST_NAMES = ['Garcia', 'Lopez', 'Ruiz', 'Soto'];
const getTypedPhone = (index: number): string => `551234560${index}`;
/** As the upstream receives it. */
export const getPhone = (index: number): string => `+521${getTypedPhone(index)}`;
export const findDraftIndex = (lastName: string): number => LAST_NAMES.indexOf(lastName);

/** Outcomes that say that nothing was sent. */
const UNSENT_KINDS = new Set<SubmissionOutcome['kind']>(['not-sent', 'phone-held', 'limited', 'incomplete']);

/** Faults by which a statement fails for good. */
const STORE_FAULTS = new Set(['pause', 'late', 'lost', 'partition', 'outage', 'failover']);

export type People = {
  getDraftId: (draft: number) => string;
  /** Simulated milliseconds at which the card of a draft must be typed again. */
  getCardExpiryMs: (draft: number) => number;
  /** Writes the finished drafts, before anything happens. */
  prepare: (instance: Instance) => Promise<void>;
  press: (instance: Instance, draft: number) => Promise<SubmissionOutcome['kind'] | 'error' | 'gone'>;
  /** True when an operator has ended this draft's submission: then there is no link. */
  isDecided: (draft: number) => boolean;
  /** Saves an answer again. */
  edit: (instance: Instance, draft: number, step: 'address' | 'card') => Promise<void>;
  /** The answers are deleted as soon as they have led to a link. */
  checkDraftCleared: (instance: Instance, draft: number) => Promise<void>;
  /** Comes back to the page that tells how it is going. */
  visit: (instance: Instance, draft: number) => Promise<void>;
  /** An operator decides about what is parked, as far as the upstream's side of it is certain. */
  decide: (instance: Instance, rows: readonly { id: string; draft: string; state: string }[]) => Promise<void>;
};

type Dependencies = {
  plan: Plan;
  upstream: Upstream;
  elapsedMs: () => number;
  /** Drafts whose rows an asynchronous failover has lost: earlier answers about them do not bind. */
  isExempt: (draft: number) => boolean;
  log: (line: string) => void;
  reportBreach: (rule: string, detail: string) => void;
};

export function createPeople({ plan, upstream, elapsedMs, isExempt, log, reportBreach }: Dependencies): People {
  const tokens: string[] = [];
  const cardSavedMs: number[] = [];
  const decidedDrafts = new Set<number>();
  let editCount = 0;
  const getDraftId = (draft: number) => hashToken(tokens[draft] ?? '');

  function createSteps(draft: number): SavedSteps {
    const savedAt = new Date(START_MS).toISOString();
    const { phone, paysByCard } = plan.drafts[draft] ?? { phone: 0, paysByCard: false };
    const { identity, address, card } = sampleInputs;
    const lastName = LAST_NAMES[draft] ?? '';
    const steps = {
      identity: { ...identity, lastName, phoneNumber: getTypedPhone(phone), email: '' },
      address,
      payment: { paymentMethodType: paysByCard ? 'Card' : 'DigitalWallet', ubnParams: { number: '' } },
      card,
    };
    return Object.fromEntries(Object.entries(steps).map(([id, input]) => [id, { input, savedAt }])) as SavedSteps;
  }

  const mayBeProcessed = (draft: number) => upstream.hasCreatedUser(draft) || upstream.canArrive(draft);

  /** Checks that the customer's page is true of the upstream. */
  function checkOutcome(draft: number, outcome: SubmissionOutcome): void {
    if (outcome.kind === 'linked') checkLink(draft, outcome.link);
    if (isExempt(draft)) return;
    if (UNSENT_KINDS.has(outcome.kind) && mayBeProcessed(draft)) {
      reportBreach('truth', `the page said ${outcome.kind}, but the draft may have been processed`);
    }
    if (outcome.kind === 'refused' && upstream.hasCreatedUser(draft)) {
      reportBreach('truth', 'the page said refused, but the upstream had created the user');
    }
  }

  /** True when the outcome page, which reads the ledger again, shows the state of a later submit instead of this outcome. */
  async function isLockedByLedger({ ledger }: Stores, draft: number, outcome: SubmissionOutcome): Promise<boolean> {
    if (!UNSENT_KINDS.has(outcome.kind)) return false;
    const latest = await ledger.findLatest(getDraftId(draft));
    return latest !== undefined && isDraftLocked(latest.state);
  }

  function checkLink(draft: number, link: string): void {
    if (upstream.findLinkOwner(link) !== draft && !isExempt(draft))
      reportBreach('I6', 'a link of another draft was handed out');
  }

  return {
    getDraftId,
    isDecided: (draft) => decidedDrafts.has(draft),
    getCardExpiryMs: (draft) =>
      plan.drafts[draft]?.paysByCard ? (cardSavedMs[draft] ?? 0) + CARD_MS : Number.POSITIVE_INFINITY,
    async prepare({ stores }) {
      for (const draft of plan.drafts.keys()) tokens.push(await stores.drafts.create({ steps: createSteps(draft) }));
    },
    async press({ process, stores, submitTools }, draft) {
      try {
        const savedDraft = await stores.drafts.find(tokens[draft] ?? '');
        if (!savedDraft) return 'gone';
        const consent = { ...sampleConsent, at: process.runtime.now().toISOString() };
        const outcome = await submit(submitTools, { draft: savedDraft, lang: 'en', callLocation: undefined, consent });
        log(`p${process.index} tells draft ${draft}: ${outcome.kind}`);
        // While the ledger's answer is late, a press in another tab may make a call, of which this page said nothing.
        const wasTrue = UNSENT_KINDS.has(outcome.kind) && !mayBeProcessed(draft);
        if (!wasTrue && !(await isLockedByLedger(stores, draft, outcome))) checkOutcome(draft, outcome);
        return outcome.kind;
      } catch (error) {
        log(`p${process.index} fails draft ${draft}: ${error instanceof Error ? error.message : error}`);
        if (!(error instanceof Error) || error.name !== 'StoreError') throw error;
        if (!plan.faults.some(({ kind }) => STORE_FAULTS.has(kind))) {
          reportBreach('retry', 'a press failed without a fault that makes the database fail');
        }
        return 'error';
      }
    },
    async edit({ process, stores }, draft, stepId) {
      editCount += 1;
      const input = stepId === 'card' ? sampleInputs.card : { ...sampleInputs.address, address2: `Piso ${editCount}` };
      const { now } = process.runtime;
      const tools = { drafts: stores.drafts, ledger: stores.ledger, context: sampleContext, now: now() };
      const result = await saveStep({ ...tools, limitDraft: limitNothing }, { token: tokens[draft], stepId, input });
      if (stepId === 'card') cardSavedMs[draft] = elapsedMs();
      log(`p${process.index} saves ${stepId} of draft ${draft}: ${result.kind}`);
    },
    async checkDraftCleared({ stores }, draft) {
      const savedDraft = await stores.drafts.find(tokens[draft] ?? '');
      if (savedDraft && Object.keys(savedDraft.content.steps).length > 0)
        reportBreach('retention', 'a served draft still has its answers');
    },
    async visit({ process, stores }, draft) {
      const latest = await stores.ledger.findLatest(getDraftId(draft));
      log(`p${process.index} shows draft ${draft}: ${latest?.state ?? 'nothing'}`);
      if (latest?.link !== undefined) checkLink(draft, latest.link);
    },
    async decide({ stores }, rows) {
      for (const { id, draft: draftKey } of rows.filter(({ state }) => state === 'parked')) {
        const draft = plan.drafts.findIndex((_, index) => getDraftId(index) === draftKey);
        if (upstream.canArrive(draft)) continue;
        const decision = upstream.hasCreatedUser(draft) ? 'delivered' : 'again';
        const resolution = await stores.operations.resolve(id, decision);
        log(`operator decides ${decision} of draft ${draft}: ${resolution}`);
        if (resolution !== 'resolved') continue;
        upstream.closeCalls(draft);
        if (decision === 'delivered') decidedDrafts.add(draft);
      }
    },
  };
}
