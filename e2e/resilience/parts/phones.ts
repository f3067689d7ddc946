import { sendRequest } from '../../support/http.ts';
import { HttpApplicant, parseActionFields } from '../../support/http-applicant.ts';
import type { PartResult } from '../../support/run-helpers.ts';
import { runInLanes, TestEnvironment } from '../../support/test-environment.ts';

const LANES = 4;
/** Below this probability the two samples count as different. */
const SIGNIFICANCE_LEVEL = 0.01;

type Sample = { page: string; ms: number };

/**
 * Submits with known and unknown phones in turn, and checks that both get the same page, byte for byte except for nonces, stamps and
 * action ids, in times that a rank test does not distinguish. In the first round the upstream accepts both. In the second it refuses
 * both: the known phones as duplicates, the unknown ones 120 ms later for another reason.
 *
 * @param count samples of each kind and round
 */
export async function runPhones(count: number, isTimed = true): Promise<PartResult> {
  const environment = await TestEnvironment.create('postgres');
  const breaches: string[] = [];
  const summaries: string[] = [];
  try {
    const { port } = await environment.startServer();
    for (const existingUser of ['link', 'refuse'] as const) {
      await environment.controlUpstream('settings', { key: '*', existingUser });
      const samples: Record<'known' | 'unknown', Sample[]> = { known: [], unknown: [] };
      const jobs = Array.from({ length: count }, () => ['known', 'unknown'] as const).flat();
      await runInLanes(LANES, jobs, async (kind) => {
        // The same preparations for both, so that only what the upstream knows makes a difference.
        const [person, otherPerson] = [new HttpApplicant(), new HttpApplicant()];
        await enrolPhone(environment, port, kind === 'known' ? person.phone : otherPerson.phone);
        const answer = { status: 400, body: { reason: 'Validation failed on session link payload.' }, delayMs: 120 };
        const key = kind === 'unknown' && existingUser === 'refuse' ? person.phone : otherPerson.phone;
        await environment.controlUpstream('next', { key, answer });
        await person.fill(port);
        samples[kind].push(await measureSubmission(person, port));
      });
      const pages = new Set([...samples.known, ...samples.unknown].map(({ page }) => page));
      if (pages.size !== 1) breaches.push(`${existingUser}: ${pages.size} different pages`);
      const getTimes = (kind: 'known' | 'unknown') => samples[kind].map(({ ms }) => ms);
      const p = computeRankTest(getTimes('known'), getTimes('unknown'));
      if (isTimed && p <= SIGNIFICANCE_LEVEL) breaches.push(`${existingUser}: times told apart, p = ${p.toFixed(4)}`);
      const [knownMedian, unknownMedian] = [getMedian(getTimes('known')), getMedian(getTimes('unknown'))].map((ms) =>
        ms.toFixed(1),
      );
      summaries.push(
        `${existingUser}: ${pages.size} page, medians ${knownMedian} and ${unknownMedian} ms, p = ${p.toFixed(3)}`,
      );
    }
  } finally {
    await environment.stop();
  }
  return { runs: `2 x ${count} samples, twice`, summary: summaries.join('; '), breaches };
}

/** Makes the phone known to the upstream: another applicant with it gets a link. */
async function enrolPhone(environment: TestEnvironment, port: number, phone: string): Promise<void> {
  await environment.controlUpstream('settings', { key: phone, existingUser: 'link' });
  const enrolledApplicant = new HttpApplicant(phone);
  await enrolledApplicant.fill(port);
  await enrolledApplicant.submit(port);
  await environment.controlUpstream('reset', { key: phone });
}

/** Submits as a browser without script does. @returns the time of the post, and the page that it leads to without its random parts */
async function measureSubmission(person: HttpApplicant, port: number): Promise<Sample> {
  const start = performance.now();
  const reply = await person.submit(port);
  const ms = performance.now() - start;
  const { location = '' } = reply;
  const isLink = location.startsWith('http:');
  const page = isLink ? '' : (await sendRequest(port, location, { cookie: person.cookie })).body;
  // Stamps, action ids and nonces differ on each page; they do not depend on what the upstream knows.
  const stamps = [...page.matchAll(/name="stamp" value="([^"]+)"/g)].map(([, value = '']) => value);
  const actions = parseActionFields(page).map(([, value]) => value);
  const variableTexts = [...stamps, ...actions, ...page.matchAll(/nonce="([^"]+)"/g)].map(String);
  const neutralPage = variableTexts.reduce((text, secret) => text.replaceAll(secret, ''), page);
  return { ms, page: `${reply.status} ${isLink ? 'link' : location} ${neutralPage.replace(/nonce[^ >]{0,80}/g, '')}` };
}

const getMedian = (values: readonly number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

/** Mann-Whitney U, normal approximation, two-sided. */
function computeRankTest(first: readonly number[], second: readonly number[]): number {
  const ranked = [...first.map((ms) => ({ ms, isOne: true })), ...second.map((ms) => ({ ms, isOne: false }))];
  ranked.sort((a, b) => a.ms - b.ms);
  const ranks = ranked.reduce((sum, { isOne }, index) => sum + (isOne ? index + 1 : 0), 0);
  const [n, m] = [first.length, second.length];
  const u = ranks - (n * (n + 1)) / 2;
  const z = Math.abs((u - (n * m) / 2) / Math.sqrt((n * m * (n + m + 1)) / 12));
  // Abramowitz and Stegun 26.2.17: the error is below 7.5e-8.
  const t = 1 / (1 + 0.2316419 * z);
  const tail =
    Math.exp((-z * z) / 2) *
    0.3989422804014327 *
    t *
    (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  return Math.min(1, 2 * tail);
}
