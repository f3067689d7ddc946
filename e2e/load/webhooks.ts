import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { startHttpServer } from '../support/http-server.ts';
import { getQuantile, startProgram } from '../support/measure.ts';
import { findLedgerBreaches, formatCounts, type PartResult } from '../support/run-helpers.ts';
import { getUpstreamEnv, PRODUCTION_TIMES, type StoreKind, TestEnvironment } from '../support/test-environment.ts';
import { measureSubmissions } from './submission-times.ts';

const PER_SECOND = 8;
/** Of a window. The machine is shared, so windows with and without webhooks alternate. */
const WINDOW_SECONDS = 20;
/** Of the 99th percentile without webhooks. */
const MAX_P99_RATIO = 1.05;
/** Longer than the part of an answer that the app reads. */
const OVERSIZE = Buffer.alloc(64 * 1_024, 'x');

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** The partner's servers: one that works, and one for each way in which a server that accepts connections can misbehave. */
const RECEIVERS: Readonly<Record<string, Answer>> = {
  good: (_request, response) => void response.writeHead(204).end(),
  silent: () => {},
  redirecting: (_request, response) => void response.writeHead(302, { location: 'http://127.0.0.1:9/' }).end(),
  oversize: (_request, response) => void response.writeHead(200).end(OVERSIZE),
  resetting: (request) => void request.socket.resetAndDestroy(),
};

/**
 * Compares how long submissions take at a server that sends events to endpoints of which most fail, and at one without endpoints.
 *
 * @param count windows of each kind
 */
export async function runWebhooks(count: number, store: StoreKind): Promise<PartResult> {
  const upstream = await startProgram('e2e/bench/upstream.ts');
  const environment = await TestEnvironment.create(store);
  const partner = await startPartner(environment.folder);
  const failures: string[] = [];
  try {
    const settings = { ...PRODUCTION_TIMES, ...getUpstreamEnv(upstream.port) };
    const start = async (ownSettings: Record<string, string>) => {
      const { port, child } = await environment.startServer({ ...settings, ...ownSettings });
      const measure = () => measureSubmissions({ port, perSecond: PER_SECOND, seconds: WINDOW_SECONDS }, failures);
      await measure(); // a server that has not served yet is slower
      return { child, measure, times: [] as number[] };
    };
    const plain = await start({});
    const sending = await start({ WEBHOOKS_FILE: partner.settingsFile });
    for (let window = 0; window < count; window += 1) {
      // Which is first changes from window to window. The other server is stopped: its deliveries would slow this one.
      const [first, second] = window % 2 === 0 ? [plain, sending] : [sending, plain];
      for (const [server, idleServer] of [
        [first, second],
        [second, first],
      ] as const) {
        idleServer.child.kill('SIGSTOP');
        server.times.push(...(await server.measure()));
        idleServer.child.kill('SIGCONT');
      }
      process.stderr.write(`webhooks: ${window + 1} of ${count} windows, ${formatCounts(partner.received)}\n`);
    }
    const getP99 = ({ times }: typeof plain) => getQuantile(times, 0.99);
    const ratio = getP99(sending) / getP99(plain);
    const format = (server: typeof plain) =>
      `p50 ${getQuantile(server.times, 0.5).toFixed(0)} ms, p99 ${getP99(server).toFixed(0)} ms (${server.times.length})`;
    return {
      runs: `${PER_SECOND} people a second in ${count} windows of ${WINDOW_SECONDS} s each, ${Object.keys(RECEIVERS).length} endpoints`,
      summary: `with webhooks ${format(sending)}, without ${format(plain)}: ${ratio.toFixed(2)}; requests: ${formatCounts(partner.received)}`,
      breaches: [
        ...(ratio <= MAX_P99_RATIO ? [] : [`p99 ${ratio.toFixed(2)} times that without webhooks`]),
        ...Object.keys(RECEIVERS).flatMap((name) =>
          partner.received.includes(name) ? [] : [`no event came to ${name}`],
        ),
        ...failures.map((text) => `wrong: ${text}`),
        ...(await findLedgerBreaches(environment)),
      ],
    };
  } finally {
    await environment.stop();
    partner.stop();
    upstream.stop();
  }
}

/** Starts the receivers in this process, and writes the settings file from which the app reads their addresses. */
async function startPartner(folder: string) {
  const received: string[] = [];
  const servers = await Promise.all(
    Object.entries(RECEIVERS).map(async ([name, answer]) => {
      const { server, port } = await startHttpServer((request, response) => {
        received.push(name);
        request.resume();
        answer(request, response);
      });
      return { name, server, port };
    }),
  );
  const secrets = [`whsec_${randomBytes(32).toString('base64')}`];
  const endpoints = servers.map(({ name, port }) => ({ name, url: `http://127.0.0.1:${port}/events`, secrets }));
  const settingsFile = join(folder, 'webhooks.json');
  writeFileSync(settingsFile, JSON.stringify({ endpoints }));
  return {
    settingsFile,
    received,
    stop() {
      for (const { server } of servers) {
        server.close();
        server.closeAllConnections();
      }
    },
  };
}
