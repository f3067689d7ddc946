import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isStaticFile } from './static-files.ts';

const projectFolder = process.cwd();
const folder = mkdtempSync(join(tmpdir(), 'front-door-static-'));
beforeAll(() => {
  mkdirSync(join(folder, '.next/static/chunks/app/[locale]'), { recursive: true });
  writeFileSync(join(folder, '.next/static/chunks/app/[locale]/page.js'), '');
  writeFileSync(join(folder, '.next/BUILD_ID'), '');
  process.chdir(folder);
});
afterAll(() => {
  process.chdir(projectFolder);
  rmSync(folder, { recursive: true });
});

test.each([
  ['/_next/static/chunks/app/[locale]/page.js', true],
  ['/_next/static/chunks/app/%5Blocale%5D/page.js', true],
  ['/_next/static/chunks/app/[locale]', false],
  ['/_next/static/chunks/missing.js', false],
  ['/_next/static/../BUILD_ID', false],
  ['/chunks/app/[locale]/page.js', false],
  ['/en', false],
])('%s is a built file: %s', (path, isBuilt) => {
  expect(isStaticFile(path)).toBe(isBuilt);
});
