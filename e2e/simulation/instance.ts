import { sampleContext, sampleSpelling } from '../../lib/domain/sample-answers.ts';
import type { SubmissionOutcome } from '../../lib/domain/submission.ts';
import { startRepeatingTask } from '../../lib/server/repeating-task.ts';
import { NO_FAILOVERS } from '../../lib/store/failovers.ts';
import { createRaasClient } from '../../lib/upstream/raas.ts';
import { openTransport } from '../../lib/upstream/transport.ts';
import { createUpstreamGuard } from '../../lib/upstream/upstream-guard.ts';
import { runReconciliation } from '../../lib/use-cases/submission/run-reconciliation.ts';
import type { SendTools } from '../../lib/use-cases/submission/send.ts';
import type { SubmitTools } from '../../lib/use-cases/submission/submit.ts';
import type { Process } from './process.ts';
import type { Stores } from './stores.ts';
import { LEDGER_TIMES } from './times.ts';
import { watchUpstreamGuard } from './upstream-guard-watch.ts';
import { openUpstreamPool } from './upstream-network.ts';

/** As shipped. */
const TIMES = { total: 15_000, lookup: 2_000, absenceMs: 120_000, reviewAfterMs: 900_000 };
const TRANSPORT = { connect: 3_000, headers: 10_000, idleBody: 5_000, sockets: 16 };
const ADMISSION = {
  failuresInARow: 5,
  failurePercent: 100,
  cooldownMs: 10_000,
  calls: 16,
  queue: 64,
  queueWaitMs: 2_000,
};

/** One process of the app with everything that it keeps in memory. */
export type Instance = { process: Process; stores: Stores; submitTools: SubmitTools; boot: () => Promise<void> };

type Dependencies = {
  process: Process;
  stores: Stores;
  network: Omit<Parameters<typeof openUpstreamPool>[0], 'process'>;
  roundMs: number;
  /** The database may fail over to an asynchronous standby. */
  canFailOver: boolean;
  log: (line: string) => void;
  reportBreach: (rule: string, detail: string) => void;
  onParked: (submission: string, cause: string) => void;
  onError: (work: string, error: unknown) => void;
};

/** Puts an instance together as the boot of the app does. */
export function createInstance({
  process,
  stores,
  network,
  roundMs,
  canFailOver,
  log,
  reportBreach,
  onParked,
  onError,
}: Dependencies): Instance {
  const { runtime, idleRuntime } = process;
  const failovers = canFailOver ? stores.failovers : NO_FAILOVERS;
  const transport = openTransport({
    baseUrl: 'https://upstream.example/v1',
    apiKey: 'key',
    limits: TRANSPORT,
    setTimer: runtime.setTimer,
    openPool: (_origin, { headersTimeout }) => openUpstreamPool({ ...network, process }, headersTimeout ?? 0),
  });
  const tools: SendTools = {
    ...runtime,
    ledger: stores.ledger,
    raas: createRaasClient(transport, { hosts: ['links.example'], allowLoopbackHttp: false }, runtime.now),
    upstreamGuard: watchUpstreamGuard(
      createUpstreamGuard(ADMISSION, () => {}, runtime),
      { now: runtime.now, failuresInARow: ADMISSION.failuresInARow, cooldownMs: ADMISSION.cooldownMs, reportBreach },
    ),
    sendWindowMs: LEDGER_TIMES.leaseMs - TIMES.total,
    log(entry) {
      if (entry.event !== 'submission.parked') return;
      log(`p${process.index} parked: ${entry.cause}`);
      onParked(entry.submission, entry.cause);
    },
  };
  const submitTools: SubmitTools = {
    ...tools,
    context: sampleContext,
    spelling: sampleSpelling,
    limits: TIMES,
    inBackground: (work) => void work.catch((error: unknown) => onError('background', error)),
    countCall: () => ({ refusal: undefined, isDelayed: false, written: Promise.resolve() }),
    hasPossibleLostCall: failovers.hasPossibleLostCall,
    running: new Map<string, Promise<SubmissionOutcome>>(),
  };
  async function runRound(signal: AbortSignal): Promise<void> {
    await failovers.recordIdentity();
    await runReconciliation({ ...tools, limits: TIMES }, signal);
  }
  async function boot(): Promise<void> {
    await failovers.recordIdentity();
    await stores.ledger.recordLostCalls(false);
    startRepeatingTask('reconciler', { everyMs: roundMs, limitMs: 2 * LEDGER_TIMES.leaseMs }, runRound, {
      setTimer: idleRuntime.setTimer,
      onError: ({ event, ...fields }) => log(`p${process.index} ${event} ${'cause' in fields ? fields.cause : ''}`),
    });
  }
  return { process, stores, submitTools, boot };
}
