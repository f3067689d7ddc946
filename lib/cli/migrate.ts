/** `npm run migrate [-- --app-role <role>] [--contract]` */
import { parseArgs } from 'node:util';
import { applyPostgresMigrations } from '../store/migrate-postgres.ts';
import { runCommand } from './run-command.ts';

const USAGE = `Usage:
  npm run migrate                        applies the migrations that are missing to the Postgres of DATABASE_URL
  npm run migrate -- --app-role <role>   and gives the app's role the rights that serving needs
  npm run migrate -- --contract          and takes away what only instances of the version before need: none may be left
DATABASE_URL is the tables' owner's here. The embedded database needs no such step.`;

function readOptions(words: readonly string[]): { appRole: string | undefined; canContract: boolean } | undefined {
  try {
    const options = { 'app-role': { type: 'string' }, contract: { type: 'boolean', default: false } } as const;
    const { values } = parseArgs({ args: [...words], options });
    return values['app-role'] === '' ? undefined : { appRole: values['app-role'], canContract: values.contract };
  } catch {
    return undefined;
  }
}

/** Runs the command. @returns the exit code */
async function runMigrateCommand(words: readonly string[]): Promise<number> {
  // Not `env()`: the owner's connection is all that this command is given, none of the app's secrets.
  const url = process.env['DATABASE_URL'];
  const options = readOptions(words);
  if (!url || !options) {
    console.error(USAGE);
    return 2;
  }
  await applyPostgresMigrations(url, options);
  console.log('The schema is current.');
  return 0;
}

runCommand(runMigrateCommand);
