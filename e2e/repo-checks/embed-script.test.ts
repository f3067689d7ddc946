import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import type { RemittanceEventDetails } from '../../public/embed/v1.d.ts';

const script = readFileSync('public/embed/v1.js');
const getHash = () => createHash('sha384').update(script).digest('base64');

/** Partners' pages may name the hash, and browsers keep the file for a year. A change of the file needs a new name. */
const RELEASED_HASH = 'WxyNNTDkHu29wEBdvLoH5/CaHSgY8WXrkSN4Iq6WyBkiGRTo2tAzzDRWqVdJ70OW';
const MAX_GZIP_BYTES = 3_000;

test('the script of partners’ pages never changes, and is as light as promised', () => {
  expect(getHash()).toBe(RELEASED_HASH);
  expect(gzipSync(script, { level: 9 }).length).toBeLessThan(MAX_GZIP_BYTES);
});

test('the document names the script’s hash', () => {
  expect(readFileSync('docs/embedding.md', 'utf8')).toContain(`integrity="sha384-${getHash()}"`);
});

test('the types have the events of the script', () => {
  const types: Record<keyof RemittanceEventDetails, true> = {
    ready: true,
    resize: true,
    step: true,
    done: true,
    error: true,
    exit: true,
  };
  const [, list = ''] = /const EVENTS = \[([^\]]*)\]/.exec(script.toString()) ?? [];
  expect(list.split(', ').map((name) => name.replaceAll("'", ''))).toEqual(Object.keys(types));
});

test('the script sends to one origin and never to all', () => {
  expect(script.toString()).not.toMatch(/postMessage\([^)]*['"]\*['"]/);
  expect(readFileSync('lib/inline-script/report-to-parent.ts', 'utf8')).not.toMatch(/['"]\*['"]/);
});
