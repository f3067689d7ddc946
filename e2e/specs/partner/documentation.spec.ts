import { readFileSync } from 'node:fs';
import { expect, test } from '../../support/fixtures.ts';
import { getRun } from '../../support/test-run.ts';

const AsyncFunction = Object.getPrototypeOf(async () => {}).constructor as new (
  ...args: string[]
) => (...args: unknown[]) => Promise<void>;

test('the example of docs/browser-tests.md runs as printed', async ({ page }) => {
  const [, code = ''] = /```js\n(.*?)```/s.exec(readFileSync('docs/browser-tests.md', 'utf8')) ?? [];
  const { app, raasControl = '' } = getRun().origins;
  // The demo has fixed ports, a test run has free ones.
  const origins = { 'http://localhost:3000': app, 'http://127.0.0.1:4012': raasControl };
  const script = Object.entries(origins).reduce(
    (text, [demoOrigin, runOrigin]) => text.replace(demoOrigin, runOrigin),
    code,
  );
  expect(script).not.toBe(code);
  await new AsyncFunction('page', 'expect', script)(page, expect);
});
