import { ask } from '../../support/http.ts';
import { Applicant, actionOf } from '../../support/http-applicant.ts';
import type { Result } from '../../support/part.ts';
import { inLanes, World } from '../../support/test-environment.ts';

const LANES = 4;
/** Below this chance the two samples are told apart. */
const LEVEL = 0.01;

type Sample = { page: string; ms: number };

/**
 * Known and unknown phones, submitted alternately: the same pages byte for byte without their nonces and stamps, in times that a
 * rank test does not tell apart. Once where the upstream takes known phones, once where it refuses them, as it then
 * refuses the others for another reason, and slower.
 */
export async function phones(count: number, isTimed = true): Promise<Result> {
  const world = await World.create('postgres');
  const breaches: string[] = [];
  const saw: string[] = [];
  try {
    const { port } = await world.start();
    for (const existingUser of ['link', 'refuse'] as const) {
      await world.steer('settings', { key: '*', existingUser });
      const samples: Record<'known' | 'unknown', Sample[]> = { known: [], unknown: [] };
      const jobs = Array.from({ length: count }, () => ['known', 'unknown'] as const).flat();
      await inLanes(LANES, jobs, async (kind) => {
        // The same preparations for both, so that only what the upstream knows makes a difference.
        const [person, other] = [new Applicant(), new Applicant()];
        await enrol(world, port, kind === 'known' ? person.phone : other.phone);
        const answer = { status: 400, body: { reason: 'Validation failed on session link payload.' }, delayMs: 120 };
        const key = kind === 'unknown' && existingUser === 'refuse' ? person.phone : other.phone;
        await world.steer('next', { key, answer });
        await person.fill(port);
        samples[kind].push(await measure(person, port));
      });
      const pages = new Set([...samples.known, ...samples.unknown].map(({ page }) => page));
      if (pages.size !== 1) breaches.push(`${existingUser}: ${pages.size} different pages`);
      const times = (kind: 'known' | 'unknown') => samples[kind].map(({ ms }) => ms);
      const p = rankTest(times('known'), times('unknown'));
      if (isTimed && p <= LEVEL) breaches.push(`${existingUser}: times told apart, p = ${p.toFixed(4)}`);
      const [known, unknown] = [median(times('known')), median(times('unknown'))].map((ms) => ms.toFixed(1));
      saw.push(`${existingUser}: ${pages.size} page, medians ${known} and ${unknown} ms, p = ${p.toFixed(3)}`);
    }
  } finally {
    await world.end();
  }
  return { runs: `2 x ${count} samples, twice`, saw: saw.join('; '), breaches };
}

/** Makes the phone known to the upstream, through another applicant who came before. */
async function enrol(world: World, port: number, phone: string): Promise<void> {
  await world.steer('settings', { key: phone, existingUser: 'link' });
  const earlier = new Applicant(phone);
  await earlier.fill(port);
  await earlier.submit(port);
  await world.steer('reset', { key: phone });
}

/** One submission as a browser without script makes it: the post, and the page that it leads to. */
async function measure(person: Applicant, port: number): Promise<Sample> {
  const start = performance.now();
  const reply = await person.submit(port);
  const ms = performance.now() - start;
  const { location = '' } = reply;
  const isLink = location.startsWith('http:');
  const page = isLink ? '' : (await ask(port, location, { cookie: person.cookie })).body;
  // A stamp marks the person's own draft, whatever the upstream knows of the phone.
  const stamps = [...page.matchAll(/name="stamp" value="([^"]+)"/g)].map(([, value = '']) => value);
  const actions = actionOf(page).map(([, value]) => value);
  const without = [...stamps, ...actions, ...page.matchAll(/nonce="([^"]+)"/g)].map(String);
  const neutral = without.reduce((text, secret) => text.replaceAll(secret, ''), page);
  return { ms, page: `${reply.status} ${isLink ? 'link' : location} ${neutral.replace(/nonce[^ >]{0,80}/g, '')}` };
}

const median = (values: readonly number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

/** Mann-Whitney U, normal approximation, two-sided. */
function rankTest(one: readonly number[], other: readonly number[]): number {
  const all = [...one.map((ms) => ({ ms, isOne: true })), ...other.map((ms) => ({ ms, isOne: false }))];
  all.sort((a, b) => a.ms - b.ms);
  const ranks = all.reduce((sum, { isOne }, index) => sum + (isOne ? index + 1 : 0), 0);
  const [n, m] = [one.length, other.length];
  const u = ranks - (n * (n + 1)) / 2;
  const z = Math.abs((u - (n * m) / 2) / Math.sqrt((n * m * (n + m + 1)) / 12));
  // Abramowitz and Stegun 26.2.17, good to 7 decimals.
  const t = 1 / (1 + 0.2316419 * z);
  const tail =
    Math.exp((-z * z) / 2) *
    0.3989422804014327 *
    t *
    (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  return Math.min(1, 2 * tail);
}
