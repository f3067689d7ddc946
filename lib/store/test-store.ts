import { cpSync, existsSync, globSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { afterAll, beforeAll, vi } from 'vitest';
import { finishBackgroundWork } from '../http/test-next.ts';
import type { OpenDatabase } from './database.ts';
import { openPglite } from './embedded-database.ts';
import { MIGRATIONS_FOLDER } from './migrations.ts';
import { getStore } from './store.ts';
import { hashToken } from './token.ts';

type Settings = Readonly<Record<string, string>>;

/**
 * Opens the store of the process for one test file, in an embedded database of its own. Call it at the top of the file.
 *
 * @param settings variables that differ from `.env.example`
 */
export function setUpTestStore(settings: Settings = {}): void {
  setUpTestFolder(settings);
  beforeAll(async () => void (await getStore()));
  afterAll(async () => {
    await finishBackgroundWork();
    await (await getStore()).close();
  });
}

const testDatabase: { handle: OpenDatabase | undefined } = { handle: undefined };

/** Opens an embedded database for one test file without the store, for commands that read it without the keys. */
export function setUpTestDatabase(): void {
  const folder = setUpTestFolder({});
  beforeAll(async () => {
    testDatabase.handle = await openPglite(folder);
  });
  afterAll(() => testDatabase.handle?.close());
}

/** Returns the database of the test file, which stays open when a command closes it. */
export function getTestDatabase(): OpenDatabase {
  if (!testDatabase.handle) throw new Error('setUpTestDatabase was not called');
  return { ...testDatabase.handle, close: async () => {} };
}

/** Copies a migrated database into a folder of the test file and sets the environment. @returns the folder */
function setUpTestFolder(settings: Settings): string {
  const folder = createTestFolder();
  const environment = { ...parseEnv(readFileSync('.env.example', 'utf8')), DATA_DIR: folder, ...settings };
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  beforeAll(async () => cpSync(await getTemplateFolder(), folder, { recursive: true }));
  // Hooks run in reverse order: the folder is removed after the database is closed.
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

const createTestFolder = () => mkdtempSync(join(tmpdir(), 'front-door-store-'));

/** Returns a migrated database to copy: creating one takes 4.7 s of processor time, a copy 0.8 s. */
async function getTemplateFolder(): Promise<string> {
  const files = globSync('**/*.{sql,json}', { cwd: MIGRATIONS_FOLDER }).toSorted();
  const migrations = files.map((file) => readFileSync(join(MIGRATIONS_FOLDER, file), 'utf8')).join('');
  const cacheFolder = join('node_modules', '.cache', 'test-store');
  const template = join(cacheFolder, hashToken(migrations).slice(0, 16));
  if (existsSync(template)) return template;
  mkdirSync(cacheFolder, { recursive: true });
  const folder = mkdtempSync(join(cacheFolder, 'new-'));
  await (await openPglite(folder)).close();
  try {
    renameSync(folder, template);
  } catch {
    // Another test file was faster.
    rmSync(folder, { recursive: true, force: true });
  }
  return template;
}
