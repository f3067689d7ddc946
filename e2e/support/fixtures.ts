import { closeSync, fstatSync, openSync, readdirSync, readFileSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { test as base, expect, type Page } from '@playwright/test';
import { findUnlistedLines } from './log-reader.ts';
import { JourneyPage } from './pages/journey-page.ts';
import { CANARY_KEY, getEvidencePaths, getRun } from './test-run.ts';

/** The card that tests type, however it may be spelled on the way. */
const CARD_SPELLINGS = [
  '4111111111111111',
  '4111 1111 1111 1111',
  '4111+1111+1111+1111',
  '4111%201111%201111%201111',
  '4111-1111',
];

/** Answers typed in the tests. No URL, header, browser storage, log line or stored file may show them. */
const TYPED_VALUES = ['fielContigo', 'Calle Dos', 'San Pedro', 'Garcia'];
/** The same with the origin of their links, which do travel, in one header. */
const getPersonalValues = () => [...TYPED_VALUES, `${getRun().origins['links']}/`];

type Fixtures = {
  journey: JourneyPage;
  /** Console errors that a test provokes on purpose. */
  expectConsole: RegExp[];
  watch: undefined;
};

/**
 * Every test is watched: an unexpected console error fails it, and so does the card's number or the upstream's key in
 * what our origin received, sent, logged or stored.
 */
export const test = base.extend<Fixtures>({
  expectConsole: [[], { option: true }],
  // biome-ignore lint/correctness/noEmptyPattern: the runner reads from the pattern which fixtures a fixture needs
  baseURL: async ({}, use) => use(getRun().origins.app),
  journey: async ({ page }, use) => use(new JourneyPage(page)),
  watch: [
    async ({ page, expectConsole }, use) => {
      const { traffic, log, data } = getEvidencePaths(getRun().folder);
      const start = statSync(traffic).size;
      const logStart = statSync(log).size;
      const problems: string[] = [];
      page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
      page.on('pageerror', (error) => problems.push(String(error)));
      const exchanges: string[] = [];
      page.on('request', (request) => isOwnUrl(request.url()) && exchanges.push(request.url().replaceAll('%20', ' ')));
      page.on('response', (response) => isOwnUrl(response.url()) && exchanges.push(JSON.stringify(response.headers())));
      await use(undefined);
      expect(problems.filter((text) => !expectConsole.some((pattern) => pattern.test(text)))).toEqual([]);
      // One assertion in the end: each one is a step of the runner's, and there are ten thousand places to look at.
      const leaks = [...exchanges, ...(await readStorage(page))].flatMap((text) =>
        [...CARD_SPELLINGS, CANARY_KEY, ...TYPED_VALUES]
          .filter((secret) => text.includes(secret))
          .map((secret) => `${secret.slice(0, 6)}… in an address, a header or storage`),
      );
      for (const [source, bytes] of [
        ['traffic', readFrom(traffic, start)],
        ['log', readFileSync(log)],
        ...findUnsearchedFiles(data).map((file) => [file, readFileSync(file)] as const),
      ] as const) {
        // Answers and the link do travel; they may not lie about.
        const secrets =
          source === 'traffic'
            ? [...CARD_SPELLINGS, CANARY_KEY]
            : [...CARD_SPELLINGS, CANARY_KEY, ...getPersonalValues()];
        for (const secret of secrets) if (bytes.includes(secret)) leaks.push(`${secret.slice(0, 6)}… in ${source}`);
      }
      expect(leaks).toEqual([]);
      // From the first whole line on: another test may be writing.
      expect(
        findUnlistedLines(
          readFrom(log, logStart)
            .toString()
            .replace(/^[^{\n]*\n/, ''),
        ),
      ).toEqual([]);
    },
    { auto: true },
  ],
});

export { createPhone } from './create-phone.ts';
export { expect };

const isOwnUrl = (url: string) => url.startsWith(`${getRun().origins.app}/`);

/** All that a page of ours has put into its browser. */
async function readStorage(page: Page): Promise<string[]> {
  if (page.isClosed() || !isOwnUrl(page.url())) return [];
  return page.evaluate(async () => [
    JSON.stringify({ ...localStorage, ...sessionStorage }),
    JSON.stringify((await indexedDB.databases()).map(({ name }) => name)),
    JSON.stringify(await caches.keys()),
  ]);
}

function readFrom(file: string, start: number): Buffer {
  const handle = openSync(file, 'r');
  const bytes = Buffer.alloc(fstatSync(handle).size - start);
  readSync(handle, bytes, 0, bytes.length, start);
  closeSync(handle);
  return bytes;
}

/** Files as they were when this worker searched them last. The database has a thousand, of which a test changes a few. */
const searchedFiles = new Map<string, string>();

function findUnsearchedFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => {
      const { mtimeNs, size } = statSync(file, { bigint: true });
      const isNew = searchedFiles.get(file) !== `${mtimeNs} ${size}`;
      searchedFiles.set(file, `${mtimeNs} ${size}`);
      return isNew;
    });
}
