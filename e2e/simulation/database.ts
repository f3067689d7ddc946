import { AsyncLocalStorage } from 'node:async_hooks';
import type { QueryConfig, QueryResult } from 'pg';
import type { Engine } from './engine.ts';
import type { FaultInjector } from './fault-injector.ts';
import type { Grants, LedgerWatch } from './ledger-watch.ts';
import type { Process } from './process.ts';
import type { Random } from './random.ts';
import type { Scheduler } from './scheduler.ts';

/** The claims that the current asynchronous call has been given, or is about to be given. */
export const grantContext = new AsyncLocalStorage<Grants>();

export type Query = (process: Process, query: QueryConfig, values: readonly unknown[]) => Promise<QueryResult>;

type Dependencies = {
  engine: Engine;
  faults: FaultInjector;
  watch: LedgerWatch;
  scheduler: Scheduler;
  random: Random;
  queryTimeoutMs: number | undefined;
  log: (line: string) => void;
};

const createError = (code: string) => Object.assign(new Error(code), { code });

/** The network between processes and the database. Each statement runs when its request arrives, late or not. */
export function createDatabase({ engine, faults, watch, scheduler, random, queryTimeoutMs, log }: Dependencies): Query {
  const pickTravelMs = () => (random.chance(0.05) ? random.between(1, 300) : random.between(1, 4));

  return function query(process, config, values) {
    const operation = config.name ?? config.text.slice(0, config.text.indexOf(' '));
    const grants = grantContext.getStore();
    return new Promise((resolve, reject) => {
      const cancelTimeout =
        queryTimeoutMs === undefined
          ? () => {}
          : process.deliver(queryTimeoutMs, () => reject(new Error('Query read timeout')));
      const sendReply = (delayMs: number, settle: () => void) =>
        process.deliver(delayMs, () => {
          cancelTimeout();
          settle();
        });
      const sendError = (code: string, delayMs: number) => sendReply(delayMs, () => reject(createError(code)));

      const request = faults.interceptMessage(process, operation, 'request');
      if (request.lostAfterMs !== undefined) return void sendError('ECONNRESET', request.lostAfterMs);
      const transitMs = pickTravelMs() + request.delayMs + faults.partitionLeftMs(process.index);
      scheduler.schedule(transitMs, onArrival);
      if (request.repeatAfterMs !== undefined) scheduler.schedule(transitMs + request.repeatAfterMs, onRepeatedArrival);

      async function onArrival(): Promise<void> {
        if (faults.isDatabaseDown()) return void sendError('ECONNREFUSED', pickTravelMs());
        if (request.isConflict) return void sendError('40001', pickTravelMs());
        const settle = await executeStatement();
        const answer = faults.interceptMessage(process, operation, 'answer');
        const delayMs = pickTravelMs() + answer.delayMs + faults.partitionLeftMs(process.index);
        const deliver = () => (faults.isDatabaseDown() ? reject(createError('ECONNRESET')) : settle());
        if (answer.lostAfterMs !== undefined) sendError('ECONNRESET', answer.lostAfterMs);
        else sendReply(delayMs, deliver);
        if (answer.repeatAfterMs !== undefined) sendReply(delayMs + answer.repeatAfterMs, deliver);
      }

      async function onRepeatedArrival(): Promise<void> {
        if (!faults.isDatabaseDown()) await executeStatement();
      }

      /** @returns a function that settles the query */
      async function executeStatement(): Promise<() => void> {
        try {
          const result = await engine.execute(config, values);
          const rows = result.rowCount ?? 0;
          if (rows > 0 || operation !== 'find_lost') log(`p${process.index} ${operation}: ${rows}`);
          await watch.observe(operation, rows, grants);
          return () => resolve(result);
        } catch (error) {
          log(`p${process.index} ${operation}: ${(error as { code?: string }).code ?? String(error)}`);
          return () => reject(error);
        }
      }
    });
  };
}
