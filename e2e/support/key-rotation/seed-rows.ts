/**
 * `node e2e/support/key-rotation/seed-rows.ts <count>`: fills a local store with rows of every kind that has encrypted or keyed
 * values, through the repositories of the app, and prints their tokens and codes as JSON. `npm run rotation` runs it.
 */
import { getEnv, getKeys } from '../../../lib/config/env.ts';
import { getJourneyContext, getSpelling } from '../../../lib/config/get-journey-context.ts';
import { buildSessionLinkRequest } from '../../../lib/domain/build-session-link-request.ts';
import { getJourneyProgress } from '../../../lib/domain/journey.ts';
import { sampleConsent, sampleInputs } from '../../../lib/domain/sample-answers.ts';
import { SUBMISSION_STATES, type SubmissionState } from '../../../lib/domain/submission.ts';
import { createAgentSessionRepository } from '../../../lib/store/agent-sessions.ts';
import { createCaseRepository } from '../../../lib/store/cases.ts';
import { createDraftRepository, type DraftContent } from '../../../lib/store/drafts.ts';
import { createHandoverRepository } from '../../../lib/store/handovers.ts';
import { createHelpRequestRepository } from '../../../lib/store/help-requests.ts';
import { createJourneyEventRepository } from '../../../lib/store/journey-events.ts';
import { createLedger } from '../../../lib/store/ledger.ts';
import { openConfiguredDatabase } from '../../../lib/store/store.ts';
import type { AttemptResult } from '../../../lib/store/submissions/complete.ts';
import { hashToken } from '../../../lib/store/token.ts';
import { createUsedLinkRepository } from '../../../lib/store/used-links.ts';

/** Longer than the test: neither the reconciler nor a restart takes the claimed submissions. */
const TIMES = { leaseMs: 7_200_000, firstLookupMs: 7_200_000, holdMs: 7_200_000 };
/** Cases of the shop that the test opens; its list is one page. The others belong to another shop. */
const SHOP_CASES = 20;
const CHUNK_ROWS = 50;

/** An invented person. The token opens the draft; the code belongs to a hand-over or a help request. */
export type SeedPerson = {
  phone: string;
  token: string;
  code?: string | undefined;
  caseId?: string;
  helpToken?: string;
  submissionId?: string | undefined;
  link?: string;
};
export type SeedRows = {
  people: Partial<Record<'waiting' | 'asking' | SubmissionState, SeedPerson[]>>;
  /** Tokens of an agent's sessions. */
  sessions: string[];
};

function createContent(phone: string): DraftContent {
  const savedAt = new Date().toISOString();
  const { identity, address } = sampleInputs;
  return {
    steps: {
      identity: { input: { ...identity, phoneNumber: phone, email: '' }, savedAt },
      address: { input: { ...address, address1: 'Calle Dos 10' }, savedAt },
      payment: { input: { paymentMethodType: 'DigitalWallet', ubnParams: { number: '' } }, savedAt },
    },
  };
}

/** Returns the result that leads a claimed submission to a state. `received` and `expired` need no claim. */
function getResult(state: SubmissionState, link: string): AttemptResult | undefined {
  if (state === 'succeeded') return { state, link };
  if (state === 'refused') return { state, outcome: 'refused' };
  if (state === 'reconciling') return { state: 'ambiguous' };
  return state === 'ambiguous' || state === 'parked' ? { state } : undefined;
}

async function openStores() {
  const { database, close } = await openConfiguredDatabase();
  const keys = getKeys();
  const getNow = () => new Date();
  const getTimeAfterFirstLookup = () => new Date(Date.now() + TIMES.firstLookupMs + 1_000);
  return {
    drafts: createDraftRepository(database, keys, getNow),
    ledger: createLedger(database, keys, getNow, TIMES),
    reconcilersLedger: createLedger(database, keys, getTimeAfterFirstLookup, TIMES),
    cases: createCaseRepository(database, keys, getNow),
    handovers: createHandoverRepository(database, keys, getNow),
    help: createHelpRequestRepository(database, keys, getNow),
    agents: createAgentSessionRepository(database, getNow),
    events: createJourneyEventRepository(database, keys, getNow, (cause) => {
      throw new Error(cause);
    }),
    usedLinks: createUsedLinkRepository(database),
    close,
  };
}

async function createSeedRows(count: number): Promise<SeedRows> {
  if (getEnv().APP_ENV !== 'local') throw new Error('APP_ENV: invented people belong into a local store only');
  const stores = await openStores();
  const { drafts, ledger, cases, handovers, help, agents, events, usedLinks } = stores;
  const context = getJourneyContext(new Date());
  let personCount = 0;

  /** Creates rows in chunks. */
  async function makeEach<Row>(make: (number: number) => Promise<Row>): Promise<Row[]> {
    const rows: Row[] = [];
    while (rows.length < count) {
      const numbers = Array.from(
        { length: Math.min(CHUNK_ROWS, count - rows.length) },
        (_, index) => rows.length + index,
      );
      rows.push(...(await Promise.all(numbers.map(make))));
    }
    return rows;
  }

  async function addPerson(): Promise<SeedPerson> {
    personCount += 1;
    const phone = `+5281${20_000_000 + personCount}`;
    return { phone, token: await drafts.create(createContent(phone)) };
  }

  const getShop = (number: number) => (number < SHOP_CASES ? 'centro' : 'norte');
  const toCustomer = ({ phone, token }: SeedPerson) => ({ phone, token, name: 'Maria Garcia', lang: 'es' as const });

  async function addCase(person: SeedPerson, number: number): Promise<string> {
    const id = `00000000-0000-4000-8000-${person.phone.slice(-12)}`;
    await cases.create({ id, shop: getShop(number), agent: 'ana' }, toCustomer(person));
    return id;
  }

  async function addWaiting(number: number): Promise<SeedPerson> {
    const person = await addPerson();
    const caseId = await addCase(person, number);
    await handovers.create(caseId);
    return { ...person, caseId, code: (await handovers.findLatest(caseId))?.code };
  }

  async function addHelpRequest(): Promise<SeedPerson> {
    const person = await addPerson();
    const helpToken = await help.create(person.token, 'es');
    return { ...person, helpToken, code: (await help.find(helpToken))?.code };
  }

  /** Sets the state through the ledger and sends nothing. */
  async function addSubmission(state: SubmissionState, number: number): Promise<SeedPerson> {
    const person = await addPerson();
    const draft = { id: hashToken(person.token), version: 1 };
    const progress = getJourneyProgress(createContent(person.phone).steps, context, new Date().toISOString());
    const request = buildSessionLinkRequest(progress, { lang: 'es', spelling: getSpelling(), callLocation: undefined });
    const intent = { draft, request, consent: sampleConsent, sendDeadline: undefined };
    if (state === 'received' || state === 'expired') {
      await ledger.createSubmission(intent, 0);
      if (state === 'expired') await ledger.createSubmission({ ...intent, draft: { ...draft, version: 2 } }, 0);
    } else {
      const claim = await ledger.createClaimedSubmission(intent, 'absent');
      const link = `http://${getEnv().RAAS_LINK_HOSTS[0]}/${String(number).padStart(5, 'A')}`;
      const result = getResult(state, link);
      if (claim && result) await ledger.recordResult(claim, result, { actor: 'customer' });
      if (state === 'succeeded') return { ...person, link };
    }
    const submissionId = (await ledger.findLatest(draft.id))?.id;
    return state === 'parked' ? { ...person, submissionId, caseId: await addCase(person, number) } : person;
  }

  try {
    // First, while no other row is ambiguous, so that exactly these rows are due.
    const reconciling = await makeEach((number) => addSubmission('reconciling', number));
    await stores.reconcilersLedger.claimDue(count);
    const people: SeedRows['people'] = {
      reconciling,
      waiting: await makeEach(addWaiting),
      asking: await makeEach(addHelpRequest),
    };
    for (const state of SUBMISSION_STATES) people[state] ??= await makeEach((number) => addSubmission(state, number));
    const ana = { subject: 'ana', name: 'Ana Torres', role: 'agent', shop: 'centro', isShared: false } as const;
    const sessions = await makeEach(() => agents.create(ana));
    const runsOutAt = new Date(Date.now() + 600_000);
    await makeEach((number) => usedLinks.use(hashToken(`partner link ${number}`), runsOutAt));
    const event = { kind: 'taken', step: 'identity', lang: 'es', shop: null, agent: null } as const;
    await Promise.all((people.waiting ?? []).map(({ token }) => events.add({ token, ...event })));
    return { people, sessions };
  } finally {
    await stores.close();
  }
}

const [count = 0] = process.argv.slice(2).map(Number);
process.stdout.write(JSON.stringify(await createSeedRows(count)));
