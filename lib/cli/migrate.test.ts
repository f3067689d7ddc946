import { afterEach, expect, test, vi } from 'vitest';
import { runTestCommand } from '../store/test-command.ts';

vi.mock('./run-command.ts', async () => (await import('../store/test-command.ts')).commandRunner);
const applyPostgresMigrations = vi.fn(async () => undefined);
vi.mock('../store/migrate-postgres.ts', () => ({
  applyPostgresMigrations: (...args: []) => applyPostgresMigrations(...args),
}));
await import('./migrate.ts');

const URL = 'postgres://owner@localhost/postgres';
afterEach(() => void applyPostgresMigrations.mockClear());

test.each([
  [[], { appRole: undefined, canContract: false }],
  [['--app-role', 'app'], { appRole: 'app', canContract: false }],
  [['--app-role=app', '--contract'], { appRole: 'app', canContract: true }],
])('%j applies the migrations to the database of the environment', async (words, options) => {
  vi.stubEnv('DATABASE_URL', URL);
  expect(await runTestCommand(...words)).toEqual({ code: 0, output: 'The schema is current.' });
  expect(applyPostgresMigrations).toHaveBeenCalledWith(URL, options);
});

test.each([[['--app-role']], [['--app-role', '']], [['--role', 'app']], [['--drop']], [['contract']], [['app']]])(
  '%j changes nothing',
  async (words) => {
    vi.stubEnv('DATABASE_URL', URL);
    expect(await runTestCommand(...words)).toMatchObject({ code: 2, output: expect.stringMatching(/^Usage:/) });
    expect(applyPostgresMigrations).not.toHaveBeenCalled();
  },
);

test('without the owner’s connection nothing is changed', async () => {
  vi.stubEnv('DATABASE_URL', '');
  expect(await runTestCommand()).toMatchObject({ code: 2 });
  expect(applyPostgresMigrations).not.toHaveBeenCalled();
});
