import { Applicant } from '../../support/http-applicant.ts';
import type { Result } from '../../support/part.ts';
import { inLanes, World } from '../../support/test-environment.ts';

/** A second process on the embedded store's folder is refused each time, names the first, and does not disturb it. */
export async function folder(count: number): Promise<Result> {
  const world = await World.create('pglite');
  const breaches: string[] = [];
  let refused = 0;
  try {
    const first = await world.start();
    await inLanes(2, Array.from({ length: count }), async () => {
      const said = await world.start().then(
        () => 'started',
        (error: Error) => error.message,
      );
      if (said.includes('(1)') && said.includes(`in use by process ${first.child.pid}`)) refused += 1;
      else breaches.push(said.slice(0, 200));
      const person = new Applicant();
      await person.fill(first.port);
    });
    const person = new Applicant();
    await person.fill(first.port);
    const { location } = await person.submit(first.port);
    if (!location?.startsWith('http:')) breaches.push('the first process was disturbed');
  } finally {
    await world.end();
  }
  return { runs: `${count} second processes`, saw: `${refused} refused by name, the first served on`, breaches };
}
