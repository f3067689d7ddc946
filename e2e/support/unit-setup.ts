import type { TestProject } from 'vitest/node';
import { startPostgres } from './postgres.ts';

declare module 'vitest' {
  interface ProvidedContext {
    postgresUrl: string;
    postgresOwnerUrl: string;
    /** The run includes slow tests. */
    isEverything: boolean;
  }
}

/** One real Postgres for all unit tests of the store. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const postgres = await startPostgres();
  project.provide('postgresUrl', postgres.url);
  project.provide('postgresOwnerUrl', postgres.ownerUrl);
  project.provide('isEverything', !project.config.exclude.some((pattern) => pattern.includes('.slow.')));
  return postgres.stop;
}
