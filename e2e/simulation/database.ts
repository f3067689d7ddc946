import { AsyncLocalStorage } from 'node:async_hooks';
import type { QueryConfig, QueryResult } from 'pg';
import type { Engine } from './engine.ts';
import type { Faults } from './faults.ts';
import type { Grants, LedgerWatch } from './ledger-watch.ts';
import type { Process } from './process.ts';
import type { Random } from './random.ts';
import type { Scheduler } from './scheduler.ts';

/** The claims that an asynchronous call asks for, or works under. */
export const grantContext = new AsyncLocalStorage<Grants>();

export type Query = (process: Process, query: QueryConfig, values: readonly unknown[]) => Promise<QueryResult>;

type Reply = { delayMs: number; settle: () => void };

type Surroundings = {
  engine: Engine;
  faults: Faults;
  watch: LedgerWatch;
  scheduler: Scheduler;
  random: Random;
  queryTimeoutMs: number | undefined;
  note: (line: string) => void;
};

const failWith = (code: string) => Object.assign(new Error(code), { code });

/** The network between processes and the database. Each statement runs when its request arrives, late or not. */
export function createDatabase({
  engine,
  faults,
  watch,
  scheduler,
  random,
  queryTimeoutMs,
  note,
}: Surroundings): Query {
  const travelMs = () => (random.chance(0.05) ? random.between(1, 300) : random.between(1, 4));

  return function query(process, config, values) {
    const operation = config.name ?? config.text.slice(0, config.text.indexOf(' '));
    const grants = grantContext.getStore();
    return new Promise((resolve, reject) => {
      const cancelTimeout =
        queryTimeoutMs === undefined
          ? () => {}
          : process.deliver(queryTimeoutMs, () => reject(new Error('Query read timeout')));
      const reply = (delayMs: number, settle: () => void) =>
        process.deliver(delayMs, () => {
          cancelTimeout();
          settle();
        });
      const refuse = (code: string, delayMs: number) => reply(delayMs, () => reject(failWith(code)));

      const request = faults.meet(process, operation, 'request');
      if (request.lostAfterMs !== undefined) return void refuse('ECONNRESET', request.lostAfterMs);
      const onTheWayMs = travelMs() + request.delayMs + faults.partitionLeftMs(process.index);
      scheduler.schedule(onTheWayMs, arrive);
      if (request.repeatAfterMs !== undefined) scheduler.schedule(onTheWayMs + request.repeatAfterMs, arriveAgain);

      async function arrive(): Promise<void> {
        if (faults.isDatabaseDown()) return void refuse('ECONNREFUSED', travelMs());
        if (request.isConflict) return void refuse('40001', travelMs());
        const outcome = await execute();
        const answer = faults.meet(process, operation, 'answer');
        const delayMs = travelMs() + answer.delayMs + faults.partitionLeftMs(process.index);
        const deliver = () => (faults.isDatabaseDown() ? reject(failWith('ECONNRESET')) : outcome.settle());
        if (answer.lostAfterMs !== undefined) refuse('ECONNRESET', answer.lostAfterMs);
        else reply(delayMs + outcome.delayMs, deliver);
        if (answer.repeatAfterMs !== undefined) reply(delayMs + answer.repeatAfterMs, deliver);
      }

      async function arriveAgain(): Promise<void> {
        if (!faults.isDatabaseDown()) await execute();
      }

      async function execute(): Promise<Reply> {
        try {
          const result = await engine.execute(config, values);
          const rows = result.rowCount ?? 0;
          if (rows > 0 || operation !== 'find_lost') note(`p${process.index} ${operation}: ${rows}`);
          await watch.observe(operation, rows, grants);
          return { delayMs: 0, settle: () => resolve(result) };
        } catch (error) {
          note(`p${process.index} ${operation}: ${(error as { code?: string }).code ?? String(error)}`);
          return { delayMs: 0, settle: () => reject(error) };
        }
      }
    });
  };
}
