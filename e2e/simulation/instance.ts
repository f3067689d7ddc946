import { sampleContext, sampleSpelling } from '../../lib/domain/sample-answers.ts';
import type { SubmissionOutcome } from '../../lib/domain/submission.ts';
import { repeat } from '../../lib/server/repeat.ts';
import { NO_FAILOVERS } from '../../lib/store/failovers.ts';
import { openAdmission } from '../../lib/upstream/admission.ts';
import { raasClient } from '../../lib/upstream/raas.ts';
import { openTransport } from '../../lib/upstream/transport.ts';
import { reconcile } from '../../lib/use-cases/submission/reconcile.ts';
import type { SendTools } from '../../lib/use-cases/submission/send.ts';
import type { SubmitTools } from '../../lib/use-cases/submission/submit.ts';
import { watchAdmission } from './breaker-watch.ts';
import type { Process } from './process.ts';
import type { Stores } from './stores.ts';
import { LEDGER_TIMES } from './times.ts';
import { openUpstreamPool } from './upstream-network.ts';

/** As shipped. */
const TIMES = { total: 15_000, lookup: 2_000, looks: 120_000, park: 900_000 };
const TRANSPORT = { connect: 3_000, headers: 10_000, idleBody: 5_000, sockets: 16 };
const ADMISSION = { failuresInARow: 5, failurePercent: 100, rest: 10_000, calls: 16, queue: 64, queueWait: 2_000 };

/** One process of the app with everything that it keeps in memory. */
export type Instance = { process: Process; stores: Stores; submitTools: SubmitTools; boot: () => Promise<void> };

type Surroundings = {
  process: Process;
  stores: Stores;
  network: Omit<Parameters<typeof openUpstreamPool>[0], 'process'>;
  roundMs: number;
  /** The database may fail over to an asynchronous standby. */
  canFailOver: boolean;
  note: (line: string) => void;
  breach: (rule: string, detail: string) => void;
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
  note,
  breach,
  onParked,
  onError,
}: Surroundings): Instance {
  const { runtime, idleRuntime } = process;
  const failovers = canFailOver ? stores.failovers : NO_FAILOVERS;
  const transport = openTransport({
    ...{ baseUrl: 'https://upstream.example/v1', apiKey: 'key', limits: TRANSPORT, setTimer: runtime.setTimer },
    openPool: (_origin, { headersTimeout }) => openUpstreamPool({ ...network, process }, headersTimeout ?? 0),
  });
  const tools: SendTools = {
    ...runtime,
    ledger: stores.ledger,
    raas: raasClient(transport, { hosts: ['links.example'], allowLoopbackHttp: false }, runtime.now),
    admission: watchAdmission(
      openAdmission(ADMISSION, () => {}, runtime),
      { now: runtime.now, failuresInARow: ADMISSION.failuresInARow, restMs: ADMISSION.rest, breach },
    ),
    sendWindowMs: LEDGER_TIMES.lease - TIMES.total,
    log(entry) {
      if (entry.event !== 'submission.parked') return;
      note(`p${process.index} parked: ${entry.cause}`);
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
    mayHaveLostCall: failovers.mayHaveLostCall,
    running: new Map<string, Promise<SubmissionOutcome>>(),
  };
  async function round(signal: AbortSignal): Promise<void> {
    await failovers.note();
    await reconcile({ ...tools, limits: TIMES }, signal);
  }
  async function boot(): Promise<void> {
    await failovers.note();
    await stores.ledger.recover(false);
    repeat('reconciler', { everyMs: roundMs, limitMs: 2 * LEDGER_TIMES.lease }, round, {
      setTimer: idleRuntime.setTimer,
      onError: ({ event, ...fields }) => note(`p${process.index} ${event} ${'cause' in fields ? fields.cause : ''}`),
    });
  }
  return { process, stores, submitTools, boot };
}
