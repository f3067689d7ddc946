/**
 * `npm run lighthouse`: Lighthouse's mobile preset on each step, on a built app. Lighthouse is installed beside the project.
 * Prints a table with every audit that stands in the way of 100; ends with 1 when accessibility or best practices are below.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from '@playwright/test';
import { Applicant } from '../torture/applicant.ts';
import { installBeside } from './beside.ts';
import { ensureChromium } from './chromium.ts';
import { startStack } from './stack.ts';

const LIGHTHOUSE = 'lighthouse@13.5.0';
const CATEGORIES = ['performance', 'accessibility', 'best-practices'] as const;

type Audit = { id: string; score: number | null; scoreDisplayMode: string };
type Category = { score: number; auditRefs: { id: string; weight: number }[] };
type Report = { lhr: { categories: Record<string, Category>; audits: Record<string, Audit> } };
type Lighthouse = (url: string, flags: object) => Promise<Report | undefined>;

/** The audits of a category that count and are not perfect. */
const inTheWay = ({ lhr }: Report, category: string) =>
  (lhr.categories[category]?.auditRefs ?? [])
    .filter(({ id, weight }) => weight > 0 && (lhr.audits[id]?.score ?? 1) < 1)
    .map(({ id }) => `${id} ${lhr.audits[id]?.score}`);

const freePort = () =>
  new Promise<number>((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });

await ensureChromium();
const folder = installBeside(LIGHTHOUSE);
const entry = pathToFileURL(join(folder, 'node_modules', 'lighthouse', 'core', 'index.js')).href;
const { default: lighthouse } = (await import(entry)) as { default: Lighthouse };
const data = mkdtempSync(join(tmpdir(), 'front-door-lighthouse-'));
const stack = await startStack({ ports: 'free', env: { DATA_DIR: data, SHED_DELAY_MS: '60000' } });
const { app } = stack.origins;
const port = Number(new URL(app).port);
const debugging = await freePort();
const path = process.env['CHROMIUM_PATH'];
const browser = await chromium.launch({
  ...(path && { executablePath: path }),
  args: ['--no-sandbox', `--remote-debugging-port=${debugging}`],
});

const [wallet, card] = [new Applicant(undefined, app), new Applicant(undefined, app)];
for (const person of [wallet, card]) await person.fill(port);
await card.post(port, 'payment', [['paymentMethodType', 'Card']]);
const pages = [
  ...['', '/onboarding/identity', '/onboarding/address', '/onboarding/payment', '/onboarding/review'].map((page) => ({
    ...{ page, cookie: wallet.cookie },
  })),
  { page: '/onboarding/card', cookie: card.cookie },
];
let isGood = true;
const rows: Record<string, unknown>[] = [];
for (const { page, cookie } of pages) {
  const flags = { port: debugging, onlyCategories: CATEGORIES, extraHeaders: { Cookie: cookie }, logLevel: 'error' };
  const report = await lighthouse(`${app}/es${page}`, flags);
  if (!report) throw new Error(`No report of ${page}`);
  const scores = CATEGORIES.map((name) => [name, Math.round(100 * (report.lhr.categories[name]?.score ?? 0))] as const);
  isGood &&= scores.every(([name, score]) => name === 'performance' || score === 100);
  rows.push({
    ...{ page: `/es${page}`, ...Object.fromEntries(scores) },
    'in the way': CATEGORIES.flatMap((name) => inTheWay(report, name)).join(', '),
  });
}
console.table(rows);
await browser.close();
await stack.stop();
rmSync(data, { recursive: true, force: true });
process.exit(isGood ? 0 : 1);
