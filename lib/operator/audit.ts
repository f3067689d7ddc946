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

/** Runs one command. @returns the exit code: 1 when the chain is broken */
async function main([command, sequence, hash]: readonly string[]): Promise<number> {
  if (command !== 'verify' && command !== 'export') {
    console.error(USAGE);
    return 2;
  }
  const { audit, close } = await store();
  try {
    const links: ChainLink[] = [];
    for await (const link of audit.read()) {
      if (command === 'export') console.log(JSON.stringify(link));
      else links.push(link);
    }
    if (command === 'export') return 0;
    const head = sequence && hash ? { sequence: Number(sequence), hash } : undefined;
    const broken = findBreak(links, sha256, head);
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
