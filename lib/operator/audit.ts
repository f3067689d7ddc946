/** `npm run audit -- verify [<sequence> <hash>] | export` */
import { type ChainLink, findBreak } from '../domain/assist/audit.ts';
import { sha256 } from '../store/audit-log.ts';
import { store } from '../store/store.ts';
import { run } from './run.ts';

const USAGE = `Usage:
  npm run audit -- verify                     follows the console's audit from its start and prints its head
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

/** Runs one command. @returns the exit code: 1 when the chain is broken */
async function main(words: readonly string[]): Promise<number> {
  const command = readCommand(words);
  if (!command) {
    console.error(USAGE);
    return 2;
  }
  const { audit, close } = await store();
  try {
    const links: ChainLink[] = [];
    for await (const link of audit.read()) {
      if (command.name === 'export') console.log(JSON.stringify(link));
      else links.push(link);
    }
    if (command.name === 'export') return 0;
    const broken = findBreak(links, sha256, command.head);
    if (broken !== undefined) {
      console.error(`The audit is broken at entry ${broken}.`);
      return 1;
    }
    const last = links.at(-1);
    console.log(last ? `${links.length} entries, whole. Head: ${last.sequence} ${last.hash}` : 'The audit is empty.');
    return 0;
  } finally {
    await close();
  }
}

run(main);
