/** `npm run agents -- end <subject> | --all` */
import { type AuditEntry, deviceName } from '../domain/assist/audit.ts';
import type { RevokedSession } from '../store/agent-sessions.ts';
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
  const { agents, audit, close } = await store();
  try {
    const ended = await agents.endAllOf(subject === '--all' ? undefined : subject);
    for (const session of ended) await audit.append(describeEnd(session));
    console.log({ ended: ended.length });
    return 0;
  } finally {
    await close();
  }
}

/** The audit's entry of a session that an operator ended. */
function describeEnd({ id, shop }: RevokedSession): AuditEntry {
  return {
    at: new Date().toISOString(),
    actor: 'operator',
    role: undefined,
    shop,
    device: deviceName(id),
    action: 'session.end',
    caseId: undefined,
    fields: [],
    source: undefined,
  };
}

run(main);
