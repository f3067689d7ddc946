/** `npm run postal-codes -- import <file> [--force] | status` */
import { getEnv } from '../config/env.ts';
import { importPostalFile, readPostalFile } from '../reference-data/postal-file.ts';
import type { PostalTable } from '../reference-data/postal-table.ts';
import { runCommand } from './run-command.ts';

const USAGE = `Usage:
  npm run postal-codes -- import <file>   reads SEPOMEX's CPdescarga.txt into POSTAL_CODES_FILE; --force also takes a much shorter file
  npm run postal-codes -- status          prints date and size of the imported table
Servers read the table when they start.`;

const showTable = ({ importedAt, codeCount, settlementCount }: PostalTable) =>
  console.log(`${codeCount} postal codes with ${settlementCount} settlements, imported at ${importedAt}`);

/** Runs one command. @returns the exit code: 1 when there is no table */
async function runPostalCodesCommand(words: readonly string[]): Promise<number> {
  const [command, source, ...options] = words;
  const isForced = options.includes('--force');
  const isImport = command === 'import' && source !== undefined && options.length === Number(isForced);
  if (!isImport && !(command === 'status' && words.length === 1)) {
    console.error(USAGE);
    return 2;
  }
  const { POSTAL_CODES_FILE: path } = getEnv();
  if (!path) throw new Error('Set POSTAL_CODES_FILE to the path of the table first.');
  if (isImport) {
    const { table, ambiguousCodes } = await importPostalFile(source, path, { now: new Date(), isForced });
    showTable(table);
    if (ambiguousCodes.length > 0)
      console.log(`Left out, since they are in several municipalities: ${ambiguousCodes.join(' ')}`);
    return 0;
  }
  const table = await readPostalFile(path);
  if (table) showTable(table);
  else console.error(`No table at ${path}`);
  return table ? 0 : 1;
}

runCommand(runPostalCodesCommand);
