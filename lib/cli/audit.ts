/** `npm run audit -- verify [<sequence> <hash>] | export` */
import { type AuditReport, checkAudit } from '../store/audit-check.ts';
import { readAudit } from '../store/audit-log.ts';
import { openConfiguredDatabase } from '../store/store.ts';
import { runCommand } from './run-command.ts';

const USAGE = `Usage:
  npm run audit -- verify                     follows every chain of the console's audit from its start, compares it with its
                                              anchors, and prints the head of the root chain
  npm run audit -- verify <sequence> <hash>   the same, against a head that was written down before
  npm run audit -- export                     prints it, one entry in JSON a line
With the embedded database the server must be stopped first.`;

type Command = { name: 'export' } | { name: 'verify'; head?: { sequence: number; hash: string } };

/** Half a head proves nothing: `verify` takes none or a whole one, and nothing beside it. */
function readCommand([name, sequence, hash, ...more]: readonly string[]): Command | undefined {
  if (more.length > 0) return undefined;
  if (sequence === undefined) return name === 'export' || name === 'verify' ? { name } : undefined;
  const isHead = /^[1-9]\d{0,9}$/.test(sequence) && /^[0-9a-f]{64}$/.test(hash ?? '');
  return name === 'verify' && hash && isHead ? { name, head: { sequence: Number(sequence), hash } } : undefined;
}

/** Runs one command. @returns the exit code: 1 when a chain is broken, cut or gone */
async function runAuditCommand(words: readonly string[]): Promise<number> {
  const command = readCommand(words);
  if (!command) {
    console.error(USAGE);
    return 2;
  }
  // Not through the store: no key is needed.
  const { database, close } = await openConfiguredDatabase();
  try {
    if (command.name === 'verify') return showReport(await checkAudit(database, command.head));
    for await (const link of readAudit(database)) console.log(JSON.stringify(link));
    return 0;
  } finally {
    await close();
  }
}

function showReport({ entries, unanchored, head, breaks }: AuditReport): number {
  for (const cause of breaks) console.error(`The audit is broken: ${cause}.`);
  if (breaks.length > 0) return 1;
  const shownHead = head ? ` Head: ${head.sequence} ${head.hash}` : '';
  console.log(entries > 0 ? `${entries} entries, whole.${shownHead}` : 'The audit is empty.');
  if (unanchored > 0) console.log(`${unanchored} of them have no anchor yet: servers write one within a minute.`);
  return 0;
}

runCommand(runAuditCommand);
