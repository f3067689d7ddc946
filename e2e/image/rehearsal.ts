/**
 * The second half of `npm run image`: runs the images as the compose file says, in namespaces of its own. Started by `image.ts`
 * with its temporary folder.
 */
import { deepStrictEqual } from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { connect as connectTls } from 'node:tls';
import { readCompose } from '../support/compose.ts';
import { sendRequest } from '../support/http.ts';
import { findUnlistedLines } from '../support/log-reader.ts';
import { waitUntil } from '../support/run-helpers.ts';
import {
  type AppInstance,
  checkHealth,
  type Deployment,
  getContainerMemoryMb,
  probeContainer,
  readLogs,
  runMigration,
  startAppContainer,
  startProxyContainer,
  stopContainer,
} from './containers.ts';
import { completeJourney, completeJourneysWhileStopping, startForwarder } from './customers.ts';
import { type Database, startDatabase } from './database.ts';
import { prepareNamespaces } from './network.ts';
import { APP_ORIGIN, DOMAIN, formatSettings } from './settings.ts';
import { configureContainers, endOnSignals, run } from './tools.ts';
import { startUpstream, type Upstream } from './upstream.ts';

const PROXY_MS = 30_000;
/** Steps that one journey saves: the first instance had one before the second was there. */
const JOURNEY_STEPS = 3;
/** Of a process that Node ends by SIGTERM. */
const SIGTERM_CODE = 143;
/** An instance may only write to `/tmp`. */
const RESTRICTIONS = {
  isRoot: false,
  canGainRights: false,
  capabilities: [0, 0, 0, 0, 0],
  isFiltered: true,
  memoryBytes: 512 * 1_024 * 1_024,
  processes: 200,
  writes: {
    '/x': 'EROFS',
    '/app/x': 'EROFS',
    '/app/.next/x': 'EROFS',
    '/var/run/postgresql/x': 'EROFS',
    '/tmp/x': 'written',
  },
  passwords: [],
};

const [folder = ''] = process.argv.slice(2);
const cleanUps: (() => unknown)[] = [];
const createSecret = () => randomBytes(16).toString('hex');

type RehearsalContext = { deployment: Deployment; database: Database; upstream: Upstream };

/** Starts what the images need around them: Postgres, the upstream, and the files that the compose file names. */
async function prepareContext(): Promise<RehearsalContext> {
  const passwords = { owner: createSecret(), app: createSecret() };
  const database = await startDatabase(passwords);
  cleanUps.push(database.stop);
  const apiKey = createSecret();
  const upstream = await startUpstream(folder, apiKey);
  cleanUps.push(upstream.stop, () => run('podman', ['rm', '--all', '--force', '--time', '0']));
  const paths = { 'app.env': join(folder, 'app.env'), certificates: join(folder, 'certificates') };
  writeFileSync(paths['app.env'], formatSettings(apiKey), { mode: 0o600 });
  mkdirSync(paths.certificates);
  const deployment = {
    ...readCompose(),
    variables: { DOMAIN, OWNER_PASSWORD: passwords.owner, APP_PASSWORD: passwords.app },
    paths: { ...paths, socket: database.socketFolder },
  };
  return { deployment, database, upstream };
}

/** Migrates and starts one instance: what it may do, its health check, a journey, and what it costs. */
async function checkInstance({ deployment, database, upstream }: RehearsalContext): Promise<AppInstance> {
  console.log(`Migration as the owner: ${await runMigration(deployment)}`);
  const app = await startAppContainer(deployment.getInstanceName(1), deployment, upstream.authority);
  console.log(`Start: /readyz answers 200 after ${app.startMs} ms.`);
  deepStrictEqual(await probeContainer(app.name), RESTRICTIONS);
  console.log('Restrictions, seen from inside: not root, no capability, no new rights, system calls filtered,');
  console.log('  512 MB, 200 processes; every write but to /tmp fails; no password of Postgres in the environment.');
  await checkHealth(app.name);
  const idleMemoryMb = await getContainerMemoryMb(app.name);
  const { port } = await openForwarder(() => connect(3000, app.address));
  await completeJourney(port, upstream);
  deepStrictEqual(await database.findRoles(), ['app']);
  console.log('A journey reached the link, on a database whose only connections are those of the role app.');
  console.log(
    `Memory: ${idleMemoryMb} MB at rest, ${await getContainerMemoryMb(app.name)} MB after it. The HEALTHCHECK passes.`,
  );
  return app;
}

/** Adds a second instance and the proxy, and stops the first one while customers come. */
async function checkProxy({ deployment, upstream }: RehearsalContext, first: AppInstance): Promise<void> {
  const second = await startAppContainer(deployment.getInstanceName(2), deployment, upstream.authority);
  const proxy = await startProxyContainer(deployment, [first, second]);
  const root = join(folder, 'certificates', 'caddy', 'pki', 'authorities', 'local', 'root.crt');
  const readAuthority = () => (existsSync(root) ? readFileSync(root) : []);
  const { port } = await openForwarder(() =>
    connectTls({ host: proxy, port: 443, servername: DOMAIN, ca: readAuthority() }),
  );
  const isServing = async () => {
    const reply = await sendRequest(port, '/readyz', { origin: APP_ORIGIN }).catch(() => undefined);
    return reply?.status === 200 || undefined;
  };
  if (!(await waitUntil(PROXY_MS, isServing))) throw new Error(`Caddy does not answer:\n${await readLogs('proxy')}`);
  const plainForwarder = await openForwarder(() => connect(80, proxy));
  const { status, location } = await sendRequest(plainForwarder.port, '/en', { origin: APP_ORIGIN });
  deepStrictEqual([status, location], [308, `${APP_ORIGIN}/en`]);

  let exitCode: number | undefined;
  const { delivered, failures } = await completeJourneysWhileStopping(
    () => completeJourney(port, upstream),
    async () => {
      exitCode = await stopContainer(first.name);
    },
  );
  const logs = [await readLogs(first.name), await readLogs(second.name)];
  const steps = logs.map((text) => text.split('"event":"step.saved"').length - 1);
  console.log('Over TLS, with one of two instances stopped in the middle:');
  console.log(`  ${delivered} journeys reached the link, ${failures.length} did not.`);
  console.log(`  The instances saved ${steps.join(' and ')} steps; the stopped one ended with ${exitCode}.`);
  deepStrictEqual({ failures, unlisted: logs.flatMap(findUnlistedLines) }, { failures: [], unlisted: [] });
  deepStrictEqual([exitCode, steps.every((count) => count > JOURNEY_STEPS)], [SIGTERM_CODE, true]);
}

async function openForwarder(connectTarget: () => Socket): Promise<{ port: number }> {
  const { port, stop } = await startForwarder(connectTarget);
  cleanUps.push(stop);
  return { port };
}

async function cleanUp(): Promise<void> {
  for (const task of cleanUps.splice(0).reverse()) await task();
}

endOnSignals(cleanUp);
configureContainers(folder);
await prepareNamespaces();
try {
  const context = await prepareContext();
  await checkProxy(context, await checkInstance(context));
} finally {
  await cleanUp();
}
