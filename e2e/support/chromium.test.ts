import { expect, test } from 'vitest';
import { findVersionProblem } from './chromium.ts';

test.each([
  'Chromium 156.0.8078.108 built on Debian GNU/Linux 12 (bookworm)',
  'Google Chrome for Testing 159.0.8154.6',
])('%s runs the browser tests', (text) => {
  expect(findVersionProblem('/usr/bin/chromium', text)).toBeUndefined();
});

test('an older Chromium is refused by its name and version, with what it lacks', () => {
  const problem = findVersionProblem('/usr/bin/chromium', 'Chromium 150.0.7700.1 built on Debian');
  expect(problem).toContain('/usr/bin/chromium is Chromium 150; the browser tests need 156 or later');
  expect(problem).toContain('DigitalCredentials.setVirtualWalletBehavior');
});

test('a program that prints no version is refused', () => {
  expect(findVersionProblem('/opt/browser', '')).toContain('/opt/browser does not say its version');
});
