import type { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { LIMITS, type LimitPoints, limitNames } from '../config/rate-limits.ts';
import { createDataKey, createKeys } from '../crypto/encryption.ts';
import { computeKeyedHash } from '../crypto/keyed-hash.ts';
import { sampleConsent } from '../domain/sample-answers.ts';
import type { SessionLinkRequest } from '../domain/session-link-request.ts';
import { DAY_MS } from '../domain/time.ts';
import { createAgentSessionRepository } from './agent-sessions.ts';
import { checkAudit } from './audit-check.ts';
import { createAuditLog } from './audit-log.ts';
import { createCaseRepository } from './cases.ts';
import type { OpenDatabase } from './database.ts';
import { createDraftRepository } from './drafts.ts';
import { createHandoverRepository } from './handovers.ts';
import { createHelpRequestRepository } from './help-requests.ts';
import { createJourneyEventRepository } from './journey-events.ts';
import { createLedger } from './ledger.ts';
import { applyPostgresMigrations } from './migrate-postgres.ts';
import { createRateLimitRepository } from './rate-limit-counters.ts';
import { normalizeCode } from './short-code.ts';
import { openTestPostgres } from './test-database.ts';
import { createPreviousDatabase, type PreviousStatement, previousVersion } from './test-previous-version.ts';
import { hashToken } from './token.ts';
import { createUsedLinkRepository } from './used-links.ts';

// During an upgrade, instances of the previous version and new ones serve one database.

const keys = createKeys([createDataKey('a', Buffer.alloc(32, 1))]);
const { tokens, statements } = previousVersion;
const START = Date.parse(previousVersion.writtenAt);
/** Between the two times of the previous version's query of events. */
const ELAPSED_MS = 500;
const now = () => new Date(START + ELAPSED_MS);
const samplePoints = Object.fromEntries(limitNames.map((name) => [name, 1])) as LimitPoints;
const DRAFT = { steps: { identity: { input: { firstName: 'Ana' }, savedAt: previousVersion.writtenAt } } };
const PHONE = '+525512340001';

function createRepositories({ database }: OpenDatabase) {
  return {
    drafts: createDraftRepository(database, keys, now),
    cases: createCaseRepository(database, keys, now),
    handovers: createHandoverRepository(database, keys, now),
    agents: createAgentSessionRepository(database, now),
    helpRequests: createHelpRequestRepository(database, keys, now),
    usedLinks: createUsedLinkRepository(database),
    limits: createRateLimitRepository(database, keys, samplePoints, now, expect.fail),
    events: createJourneyEventRepository(database, keys, now, expect.fail),
    audit: createAuditLog(database),
    ledger: createLedger(database, keys, now, { leaseMs: 30_000, firstLookupMs: 60_000, holdMs: 3_600_000 }),
  };
}

async function listEvents({ events }: Repositories) {
  const found = [];
  for await (const event of events.listBetween(new Date(START - DAY_MS), new Date(START + DAY_MS))) found.push(event);
  return found;
}

/** Sends a statement of the previous version. @returns the number of rows that it found or changed */
async function runPrevious(client: Client, { text, values }: PreviousStatement): Promise<number> {
  return (await client.query(text, [...values])).rowCount ?? 0;
}

describe.each([
  ['before', 'upgrade_before'],
  ['after', 'upgrade_after'],
])('rows that the previous version writes %s the migration', (moment, name) => {
  let opened: OpenDatabase;
  let previous: Client;
  let repositories: Repositories;

  beforeAll(async () => {
    const { url, client } = await createPreviousDatabase(inject('postgresOwnerUrl'), name);
    previous = client;
    const migrate = () => applyPostgresMigrations(url, { appRole: 'app' });
    if (moment === 'after') await migrate();
    for (const statement of statements) await runPrevious(client, statement);
    if (moment === 'before') await migrate();
    opened = await openTestPostgres(inject('postgresUrl').replace('/postgres?', `/${name}?`));
    repositories = createRepositories(opened);
  });
  afterAll(async () => {
    await opened?.close();
    await previous?.end();
  });

  test('a draft is found and saved', async () => {
    const draft = await repositories.drafts.find(tokens.draft);
    expect(draft).toMatchObject({ version: 2, content: DRAFT });
    expect(draft && (await repositories.drafts.update(draft, draft.content))).toBe(true);
  });

  test('a case is found by its id, its shop and its phone, with its customer', async () => {
    const { cases } = repositories;
    const expected = { agent: 'ana', isOpen: true, draftId: hashToken(tokens.draft), customer: { name: 'Ana' } };
    expect(await cases.find(tokens.case, 'centro')).toMatchObject(expected);
    expect(await cases.listOpen('centro')).toMatchObject([expected]);
    expect(await cases.findOpenByPhone(PHONE, 'centro')).toMatchObject(expected);
  });

  test('an opened hand-over still leads its device to the case, and its code leads nowhere', async () => {
    const { handovers } = repositories;
    expect(await handovers.findCaseId(tokens.device)).toBe(tokens.case);
    expect(await handovers.findLatest(tokens.case)).toMatchObject({ state: 'opened', code: tokens.handoverCode });
    expect(await handovers.findByCode(tokens.handoverCode)).toBeUndefined();
  });

  test('an agent’s session is alive, and locked on its page', async () => {
    const session = { subject: 'ana', role: 'agent', shop: 'centro', lockedPath: '/en/assist' };
    expect(await repositories.agents.find(tokens.session)).toMatchObject(session);
    expect(await repositories.agents.revokeAll('ana')).toMatchObject([{ subject: 'ana' }]);
  });

  test('a help request has its state, its agent and its case', async () => {
    const expected = { state: 'agreed', agent: 'ana', caseId: tokens.case, draftToken: tokens.draft };
    expect(await repositories.helpRequests.find(tokens.help)).toMatchObject(expected);
  });

  test('a used link stays used, and an attempt stays counted', async () => {
    expect(await repositories.usedLinks.use('link-1', now())).toBe(false);
    const retryMs = LIMITS.codeAddress.windowSeconds * 1_000 - ELAPSED_MS;
    expect(await repositories.limits.consume('codeAddress', '203.0.113.1')).toBe(retryMs);
  });

  test('events are counted, and the audit is whole and lists the case', async () => {
    expect(await listEvents(repositories)).toMatchObject([{ kind: 'step.saved', step: 'identity', agent: 'ana' }]);
    const entries = await repositories.audit.listByCase(tokens.case);
    expect(entries.map(({ action }) => action)).toEqual(['case.read', 'case.fill']);
    expect(await checkAudit(opened.database)).toMatchObject({ entries: 2, breaks: [] });
  });

  test('a submission has its state and its link', async () => {
    const expected = { id: tokens.submission, state: 'succeeded', link: 'https://links.example/a' };
    expect(await repositories.ledger.findLatest(hashToken(tokens.sentDraft))).toMatchObject(expected);
  });
});

describe('rows of new instances, before the database is contracted', () => {
  let opened: OpenDatabase;
  let previous: Client;
  /** Values of the recorded statements, and the values of the new rows in their place. */
  const replacements = new Map<unknown, unknown>();

  beforeAll(async () => {
    const { url, client } = await createPreviousDatabase(inject('postgresOwnerUrl'), 'upgrade_new_rows');
    previous = client;
    await applyPostgresMigrations(url, { appRole: 'app' });
    opened = await openTestPostgres(inject('postgresUrl').replace('/postgres?', '/upgrade_new_rows?'));
    await writeRows(createRepositories(opened));
  });
  afterAll(async () => {
    await opened?.close();
    await previous?.end();
  });

  async function writeRows({ drafts, cases, handovers, agents, helpRequests, ...others }: Repositories): Promise<void> {
    const draft = await drafts.create(DRAFT);
    replacements.set(hashToken(tokens.draft), hashToken(draft));
    const customer = { token: draft, phone: PHONE, name: 'Ana', lang: 'es' } as const;
    await cases.create({ id: tokens.case, shop: 'centro', agent: 'ana' }, customer);
    const handover = await handovers.create(tokens.case);
    const code = (await handovers.findLatest(tokens.case))?.code ?? '';
    replacements.set(hashToken(tokens.handover), handover);
    replacements.set(hashCode(tokens.handoverCode, 'handover'), hashCode(code, 'handover'));
    const session = await agents.create({
      subject: 'ana',
      name: 'Ana',
      role: 'agent',
      shop: 'centro',
      isShared: false,
    });
    replacements.set(hashToken(tokens.session), hashToken(session));
    const help = await helpRequests.create(draft, 'es');
    const helpCode = (await helpRequests.find(help))?.code ?? '';
    replacements.set(hashToken(tokens.help), hashToken(help));
    replacements.set(hashCode(tokens.helpCode, 'help'), hashCode(helpCode, 'help'));
    await others.usedLinks.use('link-1', new Date(START + DAY_MS));
    await others.limits.consume('codeAddress', '203.0.113.1');
    await others.events.add({
      token: draft,
      kind: 'begun',
      step: 'identity',
      lang: 'es',
      shop: 'centro',
      agent: 'ana',
    });
    await writeSubmission(others.ledger, drafts);
  }

  async function writeSubmission(ledger: Repositories['ledger'], drafts: Repositories['drafts']): Promise<void> {
    const id = hashToken(await drafts.create(DRAFT));
    const request = { phoneNumber: PHONE } as SessionLinkRequest;
    const intent = { draft: { id, version: 1 }, request, consent: sampleConsent, sendDeadline: undefined };
    const claim = await ledger.createClaimedSubmission(intent, 'absent');
    if (!claim) throw new Error('The submission was not created');
    replacements.set(hashToken(tokens.sentDraft), id);
    replacements.set(tokens.submission, claim.id);
  }

  const hashCode = (code: string, purpose: string) => computeKeyedHash(normalizeCode(code), purpose, keys);

  /** Statements that create rows or have nothing to find. */
  const CREATES = /^(drafts|cases|handovers|agents|helpRequests|journeyEvents)\.(create|add)$|^ledger\.begin$/;
  /** The previous version appends to a chain of its own, which new instances do not write. */
  const OTHER_TABLE = /^audit\./;
  const expectations = statements.filter(({ name }) => !CREATES.test(name) && !OTHER_TABLE.test(name));

  test('the list of statements has every table', () => {
    expect(new Set(expectations.map(({ name }) => name.split('.')[0]))).toEqual(
      new Set('drafts cases handovers agents helpRequests usedLinks limits journeyEvents ledger'.split(' ')),
    );
  });

  test.each(expectations)('the previous version’s $name works on them', async ({ name, text, values }) => {
    const rows = await runPrevious(previous, {
      name,
      text,
      values: values.map((value) => replacements.get(value) ?? value),
    });
    // A used link is used up: the statement inserts nothing.
    expect(rows).toBe(name === 'usedLinks.use' ? 0 : 1);
  });

  test('both versions’ audit chains are whole beside each other', async () => {
    const entry = {
      at: previousVersion.writtenAt,
      actor: 'ana',
      role: 'agent',
      shop: 'centro',
      device: 'abc',
    } as const;
    const log = createAuditLog(opened.database);
    await log.append({ ...entry, action: 'case.read', caseId: tokens.case, fields: [], source: 'agent' });
    for (const statement of statements.filter(({ name }) => name === 'audit.append'))
      await runPrevious(previous, statement);
    expect(await log.listByCase(tokens.case)).toHaveLength(3);
    expect(await checkAudit(opened.database)).toMatchObject({ entries: 3, breaks: [] });
  });
});

type Repositories = ReturnType<typeof createRepositories>;
