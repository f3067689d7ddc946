/** `npm run agents -- end <subject> | --all` */
import { store } from '../store/store.ts';
import { run } from './run.ts';

const USAGE = `Usage:
  npm run agents -- end <subject>   ends all sessions of the agent whom the identity provider calls so
  npm run agents -- end --all       ends everybody's
With the embedded database the server must be stopped first.`;

/** Runs one command. @returns the exit code */
async function main([command, subject]: readonly string[]): Promise<number> {
  if (command !== 'end' || !subject) {
    console.error(USAGE);
    return 2;
  }
  const { agents, close } = await store();
  try {
    console.log({ ended: await agents.endAllOf(subject === '--all' ? undefined : subject) });
    return 0;
  } finally {
    await close();
  }
}

run(main);
