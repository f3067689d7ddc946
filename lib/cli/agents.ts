/** `npm run agents -- end <subject> | --all` */
import { type AuditEntry, getDeviceName } from '../domain/assist/audit.ts';
import type { RevokedSession } from '../store/agent-sessions.ts';
import { getStore } from '../store/store.ts';
import { runCommand } from './run-command.ts';

const USAGE = `Usage:
  npm run agents -- end <subject>   ends all sessions of the agent with this subject (claim sub of the ID token)
  npm run agents -- end --all       ends the sessions of all agents
With the embedded database the server must be stopped first.`;

/** Runs one command. @returns the exit code */
async function runAgentsCommand([command, subject]: readonly string[]): Promise<number> {
  if (command !== 'end' || !subject) {
    console.error(USAGE);
    return 2;
  }
  const { agents, audit, close } = await getStore();
  try {
    const endedSessions = await agents.revokeAll(subject === '--all' ? undefined : subject);
    for (const session of endedSessions) await audit.append(buildEndEntry(session));
    console.log({ ended: endedSessions.length });
    return 0;
  } finally {
    await close();
  }
}

/** The audit's entry of a session that an operator ended. */
function buildEndEntry({ id, shop }: RevokedSession): AuditEntry {
  return {
    at: new Date().toISOString(),
    actor: 'operator',
    role: undefined,
    shop,
    device: getDeviceName(id),
    action: 'session.end',
    caseId: undefined,
    fields: [],
    source: undefined,
  };
}

runCommand(runAgentsCommand);
