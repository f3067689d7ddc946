import { expect, test, vi } from 'vitest';
import type { PostalTable } from '../../reference-data/postal-table.ts';
import { formatPostalTable, parsePostalTable } from '../../reference-data/postal-table.ts';
import { findSavedArea } from './find-saved-area.ts';

const AREA = { code: '03800', state: 'CDMX', municipality: 'Benito Juárez', settlements: ['San Pedro de los Pinos'] };
const state: { table: PostalTable | undefined } = vi.hoisted(() => ({ table: undefined }));
vi.mock('../../config/get-postal-table.ts', () => ({ getPostalTable: () => state.table }));

const buildDraft = (zipCode: string) => ({ steps: {}, typed: { address: { input: { zipCode }, errors: {} } } });

test('without a table there is no area to look for', () => {
  state.table = undefined;
  expect(findSavedArea(buildDraft('03800'))).toBeUndefined();
});

test.each([
  ['03800', AREA],
  [' 03800 ', AREA],
  ['03810', undefined],
  ['', undefined],
])('the area of the saved code “%s” is the table’s', (zipCode, area) => {
  state.table = parsePostalTable(formatPostalTable([AREA], '2026-11-27T12:00:00.000Z'));
  expect(findSavedArea(buildDraft(zipCode))).toEqual({ area });
});
