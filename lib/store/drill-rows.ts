/**
 * `node lib/store/drill-rows.ts <count>`: fills a local store with rows of every kind that holds encrypted or keyed values,
 * through the functions that serve the app, and prints as JSON what leads back to them. `npm run rotation` runs it.
 */
import { env, getKeys } from '../config/env.ts';
import { journeyContext, spelling } from '../config/journey-context.ts';
import { composeRequest } from '../domain/compose-request.ts';
import { walk } from '../domain/journey.ts';
import { sampleConsent, sampleInputs } from '../domain/sample-answers.ts';
import { SUBMISSION_STATES, type SubmissionState } from '../domain/submission.ts';
import { agentSessionStore } from './agent-sessions.ts';
import { caseStore } from './cases.ts';
import { type DraftContent, draftStore } from './drafts.ts';
import { handoverStore } from './handovers.ts';
import { helpRequestStore } from './help-requests.ts';
import { journeyEventStore } from './journey-events.ts';
import { type End, ledgerStore } from './ledger.ts';
import { openDatabase } from './store.ts';
import { idOf } from './token.ts';
import { usedLinkStore } from './used-links.ts';

/** Longer than a drill: neither the reconciler nor a restart takes what was claimed here. */
const TIMES = { lease: 7_200_000, firstLook: 7_200_000, hold: 7_200_000 };
/** Cases of the shop that the drill looks at; its worklist is one page. The others are of another shop. */
const CASES_OF_SHOP = 20;
const CHUNK = 50;

/** A person of the drill: the token opens the draft, the code is one of a hand-over or of a request for help. */
export type DrillPerson = {
  phone: string;
  token: string;
  code?: string | undefined;
  caseId?: string;
  helpToken?: string;
  submissionId?: string | undefined;
  link?: string;
};
export type DrillRows = {
  people: Partial<Record<'waiting' | 'asking' | SubmissionState, DrillPerson[]>>;
  /** Tokens of an agent's sessions. */
  sessions: string[];
};

function makeContent(phone: string): DraftContent {
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

/** How a claimed submission comes to a state. `received` and `expired` come without a claim. */
function getEnd(state: SubmissionState, link: string): End | undefined {
  if (state === 'succeeded') return { state, link };
  if (state === 'refused') return { state, outcome: 'refused' };
  if (state === 'reconciling') return { state: 'ambiguous' };
  return state === 'ambiguous' || state === 'parked' ? { state } : undefined;
}

async function openStores() {
  const { database, close } = await openDatabase();
  const keys = getKeys();
  const now = () => new Date();
  const afterFirstLook = () => new Date(Date.now() + TIMES.firstLook + 1_000);
  return {
    drafts: draftStore(database, keys, now),
    ledger: ledgerStore(database, keys, now, TIMES),
    reconcilersLedger: ledgerStore(database, keys, afterFirstLook, TIMES),
    cases: caseStore(database, keys, now),
    handovers: handoverStore(database, keys, now),
    help: helpRequestStore(database, keys, now),
    agents: agentSessionStore(database, now),
    events: journeyEventStore(database, keys, now, (cause) => {
      throw new Error(cause);
    }),
    usedLinks: usedLinkStore(database),
    close,
  };
}

async function main(count: number): Promise<DrillRows> {
  if (env().APP_ENV !== 'local') throw new Error('APP_ENV: invented people belong into a local store only');
  const stores = await openStores();
  const { drafts, ledger, cases, handovers, help, agents, events, usedLinks } = stores;
  const context = journeyContext(new Date());
  let made = 0;

  /** Makes rows, some at a time. */
  async function makeEach<Row>(make: (number: number) => Promise<Row>): Promise<Row[]> {
    const rows: Row[] = [];
    while (rows.length < count) {
      const numbers = Array.from({ length: Math.min(CHUNK, count - rows.length) }, (_, at) => rows.length + at);
      rows.push(...(await Promise.all(numbers.map(make))));
    }
    return rows;
  }

  async function addPerson(): Promise<DrillPerson> {
    made += 1;
    const phone = `+5281${20_000_000 + made}`;
    return { phone, token: await drafts.create(makeContent(phone)) };
  }

  const getShop = (number: number) => (number < CASES_OF_SHOP ? 'centro' : 'norte');
  const customer = ({ phone, token }: DrillPerson) => ({ phone, token, name: 'Maria Garcia', lang: 'es' as const });

  async function addCase(person: DrillPerson, number: number): Promise<string> {
    const id = `00000000-0000-4000-8000-${person.phone.slice(-12)}`;
    await cases.create({ id, shop: getShop(number), agent: 'ana' }, customer(person));
    return id;
  }

  async function addWaiting(number: number): Promise<DrillPerson> {
    const person = await addPerson();
    const caseId = await addCase(person, number);
    await handovers.create(caseId);
    return { ...person, caseId, code: (await handovers.latest(caseId))?.code };
  }

  async function addAsking(): Promise<DrillPerson> {
    const person = await addPerson();
    const helpToken = await help.create(person.token, 'es');
    return { ...person, helpToken, code: (await help.find(helpToken))?.code };
  }

  /** Sends nothing: each row comes to its state through the ledger alone. */
  async function addSubmission(state: SubmissionState, number: number): Promise<DrillPerson> {
    const person = await addPerson();
    const draft = { id: idOf(person.token), version: 1 };
    const walked = walk(makeContent(person.phone).steps, context, new Date().toISOString());
    const request = composeRequest(walked, { lang: 'es', spelling: spelling(), callLocation: undefined });
    const intent = { draft, request, consent: sampleConsent, sendableUntil: undefined };
    if (state === 'received' || state === 'expired') {
      await ledger.receive(intent, 0);
      if (state === 'expired') await ledger.receive({ ...intent, draft: { ...draft, version: 2 } }, 0);
    } else {
      const claim = await ledger.begin(intent, 'absent');
      const link = `http://${env().RAAS_LINK_HOSTS[0]}/${String(number).padStart(5, 'A')}`;
      const end = getEnd(state, link);
      if (claim && end) await ledger.finish(claim, end, { actor: 'customer' });
      if (state === 'succeeded') return { ...person, link };
    }
    const submissionId = (await ledger.latest(draft.id))?.id;
    return state === 'parked' ? { ...person, submissionId, caseId: await addCase(person, number) } : person;
  }

  try {
    // Before any other row is ambiguous: what is due for the reconciler is exactly these.
    const reconciling = await makeEach((number) => addSubmission('reconciling', number));
    await stores.reconcilersLedger.take(count);
    const people: DrillRows['people'] = {
      reconciling,
      waiting: await makeEach(addWaiting),
      asking: await makeEach(addAsking),
    };
    for (const state of SUBMISSION_STATES) people[state] ??= await makeEach((number) => addSubmission(state, number));
    const ana = { subject: 'ana', name: 'Ana Torres', role: 'agent', shop: 'centro', isShared: false } as const;
    const sessions = await makeEach(() => agents.create(ana));
    const runsOutAt = new Date(Date.now() + 600_000);
    await makeEach((number) => usedLinks.use(idOf(`partner link ${number}`), runsOutAt));
    const begun = { kind: 'taken', step: 'identity', lang: 'es', shop: null, agent: null } as const;
    await Promise.all((people.waiting ?? []).map(({ token }) => events.add({ token, ...begun })));
    return { people, sessions };
  } finally {
    await stores.close();
  }
}

const [count = 0] = process.argv.slice(2).map(Number);
process.stdout.write(JSON.stringify(await main(count)));
