import 'server-only';
import { readFileSync } from 'node:fs';
import { type PostalTable, parsePostalTable } from '../reference-data/postal-table.ts';
import { ConfigurationError } from './configuration-error.ts';
import { getEnv } from './env.ts';
import { getProcessSingleton } from './process-singleton.ts';

/**
 * Returns the imported table of Mexican postal codes, read once; undefined without `POSTAL_CODES_FILE`.
 *
 * @throws ConfigurationError when the file is missing or not whole; the boot calls this first
 */
export function getPostalTable(): PostalTable | undefined {
  const { POSTAL_CODES_FILE } = getEnv();
  return POSTAL_CODES_FILE ? getProcessSingleton('postal-table', () => readTable(POSTAL_CODES_FILE)) : undefined;
}

function readTable(path: string): PostalTable {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    throw new ConfigurationError('POSTAL_CODES_FILE');
  }
  const table = parsePostalTable(text);
  if (!table) throw new ConfigurationError('POSTAL_CODES_FILE');
  return table;
}
