import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPostgres } from '../../support/postgres.ts';
import { runFaults } from '../run-faults.ts';
import type { Scenario } from '../scenario.ts';

const FULL_MS = 4_000;
const MEGABYTE = Buffer.alloc(1_048_576);
const PAGE = Buffer.alloc(4_096);

export const diskFull: Scenario = {
  name: 'disk-full',
  needs: ['mount as root'],
  defaultCount: 10,
  async run(count) {
    const disk = mkdtempSync(join(tmpdir(), 'front-door-disk-'));
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=300m', 'tmpfs', disk]);
    try {
      const database = await startPostgres({ dataParent: disk });
      const filler = join(disk, 'filler');
      return await runFaults({ name: 'disk-full', database, servers: [{}, {}] }, count, async () => {
        fillFile(filler, MEGABYTE);
        const end = Date.now() + FULL_MS;
        while (Date.now() < end) {
          fillFile(filler, PAGE); // whatever was deleted meanwhile
          await new Promise((resolve) => setTimeout(resolve, 100));
        }
        rmSync(filler);
        await database.restart();
        return Date.now();
      });
    } finally {
      execFileSync('umount', [disk]);
      rmSync(disk, { recursive: true, force: true });
    }
  },
};

/** Writes blocks until there is no room for one more. */
function fillFile(path: string, block: Buffer): void {
  try {
    for (;;) appendFileSync(path, block);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
  }
}
