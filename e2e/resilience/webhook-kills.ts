import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startHttpServer } from '../support/http-server.ts';
import { findLedgerBreaches, formatCounts, type PartResult, waitUntil } from '../support/run-helpers.ts';
import { type RunningServer, TestEnvironment } from '../support/test-environment.ts';
import { Crowd } from './crowd.ts';

const SERVERS = 2;
const SUBMITTERS_PER_SERVER = 4;
/** The longest time between a start and the next kill. */
const MAX_PAUSE_MS = 1_500;
/** An event whose receiver was killed several times waits for its next attempt. */
const SETTLE_MS = 400_000;
const ENDPOINT = 'partner';

type Row = { id: string; draftId: string; position: number; state: string };
type Receipt = { id: string; body: string } | { refused: string };

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * Kills servers and the receiver of events with SIGKILL at random points while people submit, and compares what the ledger has
 * done with what the receiver wrote down: nothing is lost, each application is in order, doubles carry the same id and body.
 */
export async function runWebhookKills(count: number): Promise<PartResult> {
  const environment = await TestEnvironment.create('postgres');
  const file = join(environment.folder, 'received.jsonl');
  const receiver = await createReceiver(environment.folder, file);
  const servers = await Promise.all(Array.from({ length: SERVERS }, () => environment.startServer(receiver.env)));
  const ports = servers.map(({ port }) => port);
  try {
    const crowd = new Crowd(environment, ports);
    crowd.start(SUBMITTERS_PER_SERVER);
    const kills: string[] = [];
    for (let kill = 0; kill < count; kill += 1) {
      await sleep(Math.random() * MAX_PAUSE_MS);
      const target = Math.floor(Math.random() * (SERVERS + 1));
      kills.push(target < SERVERS ? 'of a server' : 'of the receiver');
      if (target === SERVERS) await receiver.restart();
      else await restart(environment, { servers, ports, target, env: receiver.env });
      process.stderr.write(`webhooks: ${kill + 1} of ${count} kills, ${crowd.people.length} people\n`);
    }
    await crowd.stop(60_000);
    await waitUntil(SETTLE_MS, async () => ((await countPending(environment)) === 0 ? true : undefined));
    return await compare(environment, file, `${count} kills: ${formatCounts(kills)}; ${crowd.people.length} people`);
  } finally {
    receiver.stop();
    await environment.stop();
  }
}

type Servers = { servers: RunningServer[]; ports: number[]; target: number; env: Record<string, string> };

async function restart(environment: TestEnvironment, { servers, ports, target, env }: Servers): Promise<void> {
  const server = servers[target];
  server?.child.kill('SIGKILL');
  await server?.exit;
  const startedServer = await environment.startServer(env);
  servers[target] = startedServer;
  ports[target] = startedServer.port;
}

/** Starts the receiver on a port that it keeps. */
async function createReceiver(folder: string, file: string) {
  const { server, port } = await startHttpServer(() => {});
  server.close();
  const secret = `whsec_${randomBytes(32).toString('base64')}`;
  const settings = join(folder, 'webhooks.json');
  const endpoint = { name: ENDPOINT, url: `http://127.0.0.1:${port}/events`, secrets: [secret] };
  writeFileSync(settings, JSON.stringify({ endpoints: [endpoint] }));
  let child: ChildProcess;
  async function start(): Promise<void> {
    child = spawn(process.execPath, ['e2e/resilience/webhook-receiver.ts', String(port), secret, file], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    if (child.stdout) await once(child.stdout, 'data');
  }
  await start();
  return {
    env: { WEBHOOKS_FILE: settings, WEBHOOK_TIMEOUT_MS: '400' },
    async restart(): Promise<void> {
      child.kill('SIGKILL');
      await once(child, 'exit');
      await start();
    },
    stop: () => void child.kill('SIGKILL'),
  };
}

async function countPending(environment: TestEnvironment): Promise<number> {
  const rows = await environment.query<Row>(`select id from webhook_events where state = 'pending'`);
  return rows.length;
}

/** The ids of the events that the ledger's history and the drafts ask for. No operator decides in this run. */
const EXPECTED = `
  select 'msg_' || submission_id || '_' || sequence || '_${ENDPOINT}' as id from submission_events
    where sequence = 1 or state in ('succeeded', 'refused', 'parked')
  union all select 'msg_' || id || '_0_${ENDPOINT}' from drafts`;

function readReceipts(file: string): Receipt[] {
  const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter(Boolean) : [];
  return lines.map((line) => JSON.parse(line) as Receipt);
}

async function compare(environment: TestEnvironment, file: string, runs: string): Promise<PartResult> {
  const rows = await environment.query<Row>(
    'select id, draft_id as "draftId", position, state from webhook_events order by draft_id, position',
  );
  const expected = (await environment.query<Row>(EXPECTED)).map(({ id }) => id);
  const written = new Set(rows.map(({ id }) => id));
  const bodies = new Map<string, string>();
  const breaches: string[] = [];
  let doubles = 0;
  for (const receipt of readReceipts(file)) {
    if ('refused' in receipt) {
      breaches.push(`the receiver refused an event: ${receipt.refused}`);
      continue;
    }
    const { id, body } = receipt;
    if (bodies.has(id)) doubles += 1;
    if (bodies.get(id) !== undefined && bodies.get(id) !== body) breaches.push(`${id}: a double has another body`);
    if (!written.has(id)) breaches.push(`${id}: received, and not in the outbox`);
    if (!bodies.has(id)) bodies.set(id, body);
  }
  const arrivals = new Map([...bodies.keys()].map((id, index) => [id, index]));
  breaches.push(
    ...expected.filter((id) => !written.has(id)).map((id) => `${id}: a transition without an event`),
    ...rows.filter(({ id }) => !expected.includes(id)).map(({ id }) => `${id}: an event without a transition`),
    ...rows.filter(({ state }) => state !== 'delivered').map(({ id, state }) => `${id}: ${state}`),
    ...rows.filter(({ id }) => !bodies.has(id)).map(({ id }) => `${id}: lost`),
    ...rows.flatMap(({ id, draftId }, index) => {
      const previous = rows[index - 1];
      const isLate = previous?.draftId === draftId && (arrivals.get(previous.id) ?? 0) > (arrivals.get(id) ?? 0);
      return isLate ? [`${id}: came before ${previous.id}`] : [];
    }),
    ...(await findLedgerBreaches(environment)),
  );
  return { runs, summary: `${rows.length} events, ${doubles} received twice with the same id`, breaches };
}
