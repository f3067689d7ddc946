/**
 * `npm run lighthouse`: Lighthouse's mobile preset on each step, on a built app, beside a bare page of the same framework.
 * Lighthouse is installed beside the project. Prints a table with every audit that stands in the way of 100; ends with 1 when
 * accessibility or best practices of a step are below, or when something could not be measured.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from '@playwright/test';
import { startBaseline } from '../support/baseline.ts';
import { ensureChromium } from '../support/chromium.ts';
import { HttpApplicant } from '../support/http-applicant.ts';
import { installTool } from '../support/install-tool.ts';
import { startStack } from '../support/stack.ts';

const LIGHTHOUSE = 'lighthouse@13.5.0';
const CATEGORIES = ['performance', 'accessibility', 'best-practices'] as const;

type Audit = { id: string; score: number | null; scoreDisplayMode: string; errorMessage?: string };
type Category = { score: number | null; auditRefs: { id: string; weight: number }[] };
type Report = { lhr: { categories: Record<string, Category>; audits: Record<string, Audit> } };
type Lighthouse = (url: string, flags: object) => Promise<Report | undefined>;

/** The audits of a category that count and are not perfect, or could not be made: then the category has no score. */
const listFailedAudits = ({ lhr }: Report, category: string) =>
  (lhr.categories[category]?.auditRefs ?? [])
    .filter(({ weight }) => weight > 0)
    .flatMap(({ id }) => lhr.audits[id] ?? [])
    .filter(({ score, scoreDisplayMode }) => scoreDisplayMode === 'error' || (score ?? 1) < 1)
    .map(({ id, score, errorMessage }) => `${id} ${errorMessage ?? score}`);

const findFreePort = () =>
  new Promise<number>((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });

const folder = installTool(LIGHTHOUSE);
const entry = pathToFileURL(join(folder, 'node_modules', 'lighthouse', 'core', 'index.js')).href;
const { default: lighthouse } = (await import(entry)) as { default: Lighthouse };
const data = mkdtempSync(join(tmpdir(), 'front-door-lighthouse-'));
const stack = await startStack({ ports: 'free', env: { DATA_DIR: data, SHED_DELAY_MS: '60000' } });
const baseline = await startBaseline();
const { app } = stack.origins;
const port = Number(new URL(app).port);
const debuggingPort = await findFreePort();
const browser = await chromium.launch({
  executablePath: ensureChromium(),
  args: ['--no-sandbox', `--remote-debugging-port=${debuggingPort}`],
});

const [wallet, card] = [new HttpApplicant(undefined, app), new HttpApplicant(undefined, app)];
for (const person of [wallet, card]) await person.fill(port);
await card.post(port, 'payment', [['paymentMethodType', 'Card']]);
const toStepPage = (path: string, { cookie }: HttpApplicant) => ({
  page: `/es${path}`,
  url: `${app}/es${path}`,
  extraHeaders: { Cookie: cookie },
});
const pages = [
  { page: 'a bare page', url: baseline.origin },
  ...['', '/onboarding/identity', '/onboarding/address', '/onboarding/payment', '/onboarding/review'].map((path) =>
    toStepPage(path, wallet),
  ),
  toStepPage('/onboarding/card', card),
];
let isGood = true;
const rows: Record<string, unknown>[] = [];
for (const { page, url, ...headers } of pages) {
  const report = await lighthouse(url, {
    port: debuggingPort,
    onlyCategories: CATEGORIES,
    ...headers,
    logLevel: 'error',
  });
  if (!report) throw new Error(`No report of ${page}`);
  const scores = CATEGORIES.map(
    (name) => [name, Math.round(100 * (report.lhr.categories[name]?.score ?? Number.NaN))] as const,
  );
  if (url !== baseline.origin)
    isGood &&= scores.every(([name, score]) => (name === 'performance' ? score > 0 : score === 100));
  rows.push({
    page,
    ...Object.fromEntries(scores),
    'in the way': CATEGORIES.flatMap((name) => listFailedAudits(report, name)).join(', '),
  });
}
console.table(rows);
await browser.close();
await baseline.stop();
await stack.stop();
rmSync(data, { recursive: true, force: true });
process.exit(isGood ? 0 : 1);
