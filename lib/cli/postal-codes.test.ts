import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, test, vi } from 'vitest';
import { buildSepomexFile } from '../../e2e/support/sepomex-file.ts';
import { createSepomexRows } from '../reference-data/test-sepomex.ts';
import { runTestCommand } from '../store/test-command.ts';

const settings: { path: string | undefined } = vi.hoisted(() => ({ path: undefined }));
vi.mock('./run-command.ts', async () => (await import('../store/test-command.ts')).commandRunner);
vi.mock('../config/env.ts', () => ({ getEnv: () => ({ POSTAL_CODES_FILE: settings.path }) }));
await import('./postal-codes.ts');

let source: string;
beforeEach(() => {
  const folder = mkdtempSync(join(tmpdir(), 'postal-command-'));
  settings.path = join(folder, 'postal-codes.txt');
  source = join(folder, 'CPdescarga.txt');
  writeFileSync(source, buildSepomexFile(createSepomexRows(100)));
});

test('an import prints what it took, and the status prints it again', async () => {
  expect(await runTestCommand('status')).toMatchObject({ code: 1, output: expect.stringContaining('No table at') });
  const imported = await runTestCommand('import', source);
  expect(imported).toMatchObject({ code: 0, output: expect.stringMatching(/^20 postal codes with 100 settlements, /) });
  expect(await runTestCommand('status')).toEqual(imported);
});

test('a much shorter file needs --force', async () => {
  await runTestCommand('import', source);
  writeFileSync(source, buildSepomexFile(createSepomexRows(50)));
  await expect(runTestCommand('import', source)).rejects.toThrow('--force');
  expect(await runTestCommand('import', source, '--force')).toMatchObject({ code: 0 });
});

test.each([[], ['import'], ['status', 'now'], ['import', 'a', 'b'], ['export', 'a']].map((words) => [words]))(
  'the words %j print the usage',
  async (words) => {
    expect(await runTestCommand(...words)).toMatchObject({ code: 2, output: expect.stringContaining('Usage') });
  },
);

test('without POSTAL_CODES_FILE the command says what is missing', async () => {
  settings.path = undefined;
  await expect(runTestCommand('status')).rejects.toThrow('POSTAL_CODES_FILE');
});
