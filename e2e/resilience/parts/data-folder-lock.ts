import { HttpApplicant } from '../../support/http-applicant.ts';
import type { PartResult } from '../../support/run-helpers.ts';
import { runInLanes, TestEnvironment } from '../../support/test-environment.ts';

/** A second process on the embedded store's folder is refused each time, names the first, and does not disturb it. */
export async function runFolderLock(count: number): Promise<PartResult> {
  const environment = await TestEnvironment.create('pglite');
  const breaches: string[] = [];
  let refusedCount = 0;
  try {
    const first = await environment.startServer();
    await runInLanes(2, Array.from({ length: count }), async () => {
      const message = await environment.startServer().then(
        () => 'started',
        (error: Error) => error.message,
      );
      if (message.includes('(1)') && message.includes(`in use by process ${first.child.pid}`)) refusedCount += 1;
      else breaches.push(message.slice(0, 200));
      const person = new HttpApplicant();
      await person.fill(first.port);
    });
    const person = new HttpApplicant();
    await person.fill(first.port);
    const { location } = await person.submit(first.port);
    if (!location?.startsWith('http:')) breaches.push('the first process was disturbed');
  } finally {
    await environment.stop();
  }
  return {
    runs: `${count} second processes`,
    summary: `${refusedCount} refused by name, the first served on`,
    breaches,
  };
}
