import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { LOG_EVENTS } from '../support/log-reader.ts';

test('docs/operations.md has a row for every event of the log, and for no other', () => {
  const operations = readFileSync('docs/operations.md', 'utf8');
  const rows = [...operations.matchAll(/^\| `([a-z-]+\.[a-z-]+)`/gm)].map(([, name]) => name);
  expect(rows.toSorted()).toEqual(LOG_EVENTS.toSorted());
});
