import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { buildSepomexFile, formatRow, NOTICE, type SepomexRow } from '../../e2e/support/sepomex-file.ts';
import { findState } from '../domain/address/states.ts';
import { buildSessionLinkRequest } from '../domain/build-session-link-request.ts';
import { getJourneyProgress } from '../domain/journey.ts';
import { sampleContext, sampleInputs, sampleSpelling } from '../domain/sample-answers.ts';
import { importPostalFile, readPostalFile } from './postal-file.ts';
import { createSepomexRows } from './test-sepomex.ts';

const NOW = new Date('2026-11-27T12:00:00Z');
const PINOS: SepomexRow = {
  code: '03800',
  settlement: 'San Pedro de los Pinos',
  municipality: 'Benito Juárez',
  state: 'Ciudad de México',
};
const OCTUBRE = { ...PINOS, settlement: '8 de Agosto' };

let folder: string;
let target: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'postal-'));
  target = join(folder, 'postal-codes.txt');
});

function importFile(bytes: Buffer, isForced = false) {
  const source = join(folder, 'CPdescarga.txt');
  writeFileSync(source, bytes);
  return importPostalFile(source, target, { now: NOW, isForced });
}

test('a code has its state, municipality and settlements, with accents and in order', async () => {
  await importFile(buildSepomexFile([PINOS, OCTUBRE, PINOS]));
  const table = await readPostalFile(target);
  expect(table).toMatchObject({ importedAt: NOW.toISOString(), codeCount: 1, settlementCount: 2 });
  expect(table?.find('03800')).toEqual({
    code: '03800',
    state: 'CDMX',
    municipality: 'Benito Juárez',
    settlements: ['8 de Agosto', 'San Pedro de los Pinos'],
  });
  expect(table?.find('03801')).toBeUndefined();
  expect(table?.find('')).toBeUndefined();
  expect(readdirSync(folder).sort()).toEqual(['CPdescarga.txt', 'postal-codes.txt']);
});

test('a code of two municipalities is left out, since it tells neither', async () => {
  const { table, ambiguousCodes } = await importFile(
    buildSepomexFile([PINOS, { ...PINOS, municipality: 'Coyoacán' }, { ...PINOS, code: '03810' }]),
  );
  expect(ambiguousCodes).toEqual(['03800']);
  expect(table.find('03800')).toBeUndefined();
  expect(table.find('03810')?.municipality).toBe('Benito Juárez');
});

const GOOD_ROW = formatRow(PINOS);
test.each([
  ['another header', buildSepomexFile([PINOS], 'codigo|asentamiento'), /Line 2/],
  ['UTF-8', Buffer.from(buildSepomexFile([PINOS]).toString('latin1'), 'utf8'), /not in Latin-1/],
  ['UTF-16', Buffer.from(buildSepomexFile([PINOS]).toString('latin1'), 'utf16le'), /Line 2/],
  [
    'a row that is cut off',
    Buffer.from(
      `${NOTICE}\r\n${buildSepomexFile([PINOS]).toString('latin1').split('\r\n')[1]}\r\n${GOOD_ROW}\r\n03800|San Pe`,
      'latin1',
    ),
    /Line 4 has 2 columns/,
  ],
  ['a code of four digits', buildSepomexFile([PINOS, { ...PINOS, code: '3800' }]), /Line 4: the postal code/],
  ['an unknown state', buildSepomexFile([{ ...PINOS, state: 'Texas' }]), /Line 3: settlement/],
  ['a settlement without a name', buildSepomexFile([{ ...PINOS, settlement: ' ' }]), /Line 3: settlement/],
  ['no rows', buildSepomexFile([]), /no settlements/],
  ['nothing', Buffer.from(''), /Line 2/],
])('a file with %s is refused, and the table stays', async (_name, bytes, message) => {
  await importFile(buildSepomexFile([PINOS]));
  const before = readFileSync(target);
  await expect(importFile(bytes)).rejects.toThrow(message);
  expect(readFileSync(target)).toEqual(before);
  expect(readdirSync(folder).sort()).toEqual(['CPdescarga.txt', 'postal-codes.txt']);
});

test('a file that is much shorter than the one before needs --force', async () => {
  await importFile(buildSepomexFile(createSepomexRows(100)));
  await importFile(buildSepomexFile(createSepomexRows(91)));
  const short = buildSepomexFile(createSepomexRows(80));
  await expect(importFile(short)).rejects.toThrow(/80 settlements, the one before had 91.*--force/);
  expect((await importFile(short, true)).table.settlementCount).toBe(80);
});

test('a table that is not whole is none', async () => {
  await importFile(buildSepomexFile(createSepomexRows(100)));
  writeFileSync(target, readFileSync(target, 'utf8').slice(0, 900));
  expect(await readPostalFile(target)).toBeUndefined();
  expect(await readPostalFile(join(folder, 'missing'))).toBeUndefined();
});

test('2,000 addresses of a table with 20,000 rows go out in the forms of the vendor’s example', async () => {
  const rows = createSepomexRows(20_000);
  const { table } = await importFile(buildSepomexFile(rows));
  const savedAt = NOW.toISOString();
  const payment = { ...sampleInputs.payment, paymentMethodType: 'DigitalWallet' };
  for (let index = 0; index < 20_000; index += 10) {
    const { code = '', settlement = '', municipality = '', state = '' } = rows[index] ?? {};
    const area = table.find(code);
    expect(area?.settlements).toContain(settlement);
    // What the page posts for the chosen colonia.
    const posted = {
      ...sampleInputs.address,
      zipCode: code,
      city: settlement,
      address3: area?.municipality ?? '',
      state: area?.state ?? '',
    };
    const inputs = { identity: sampleInputs.identity, address: posted, payment };
    const saved = Object.fromEntries(Object.entries(inputs).map(([step, input]) => [step, { input, savedAt }]));
    const progress = getJourneyProgress(saved, sampleContext, savedAt);
    const request = buildSessionLinkRequest(progress, {
      lang: 'es',
      spelling: sampleSpelling,
      callLocation: undefined,
    });
    expect(request).toMatchObject({
      city: settlement,
      address3: municipality,
      zipCode: code,
      state: findState('MX', state)?.short,
    });
  }
});

test('157,000 rows are imported within 20 seconds', async () => {
  const source = join(folder, 'CPdescarga.txt');
  writeFileSync(source, buildSepomexFile(createSepomexRows(157_000)));
  const start = performance.now();
  const { table } = await importPostalFile(source, target, { now: NOW, isForced: false });
  const elapsedMs = performance.now() - start;
  expect(table.settlementCount).toBe(157_000);
  expect(elapsedMs).toBeLessThan(20_000);
}, 60_000);
