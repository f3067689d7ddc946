import { HttpApplicant } from '../support/http-applicant.ts';
import { runArrivals } from './arrivals.ts';

type Window = { port: number; perSecond: number; seconds: number };

/**
 * Measures how long submissions take while people come, from the last button to the link.
 *
 * @param failures receives the answer or the error of each person who got no link
 * @returns milliseconds, one for each person who got an answer
 */
export async function measureSubmissions({ port, perSecond, seconds }: Window, failures: string[]): Promise<number[]> {
  const times: number[] = [];
  await runArrivals(perSecond, seconds, async () => {
    const person = new HttpApplicant();
    try {
      await person.fill(port);
      const start = performance.now();
      const { status, location = '' } = await person.submit(port);
      times.push(performance.now() - start);
      if (!location.endsWith('/Q1nO3')) failures.push(`${status} ${location}`);
    } catch (error) {
      failures.push(String(error));
    }
  });
  return times;
}
