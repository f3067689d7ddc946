import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { formatPostalTable, type PostalTable, parsePostalTable } from './postal-table.ts';
import { PostalFileError, parseSepomex } from './sepomex.ts';

/** A new list with fewer settlements than this share of the one before is taken for a part of the file. */
const MIN_SHARE_OF_PREVIOUS = 0.9;

/** Reads an imported table. @returns undefined when there is none or it is not whole */
export async function readPostalFile(path: string): Promise<PostalTable | undefined> {
  const text = await readFile(path, 'utf8').catch(() => undefined);
  return text === undefined ? undefined : parsePostalTable(text);
}

/**
 * Imports SEPOMEX's file. The table is written beside the target and renamed, so a server never reads half of it.
 *
 * @returns the new table and the codes that were left out
 * @throws PostalFileError when the file is broken, or much shorter than the one before and `isForced` is false
 */
export async function importPostalFile(
  source: string,
  target: string,
  { now, isForced }: { now: Date; isForced: boolean },
): Promise<{ table: PostalTable; ambiguousCodes: readonly string[] }> {
  const { areas, ambiguousCodes } = parseSepomex(await readFile(source));
  const text = formatPostalTable(areas, now.toISOString());
  const table = parsePostalTable(text);
  if (!table || areas.length === 0) throw new PostalFileError('The file has no settlements.');
  const previousCount = (await readPostalFile(target))?.settlementCount ?? 0;
  if (!isForced && table.settlementCount < previousCount * MIN_SHARE_OF_PREVIOUS)
    throw new PostalFileError(
      `The file has ${table.settlementCount} settlements, the one before had ${previousCount}. Add --force to take it.`,
    );
  const temporary = `${target}.${process.pid}.tmp`;
  try {
    await writeFile(temporary, text);
    await rename(temporary, target);
  } finally {
    await rm(temporary, { force: true });
  }
  return { table, ambiguousCodes };
}
