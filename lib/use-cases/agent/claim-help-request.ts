import 'server-only';
import { countAttempt } from '../../rate-limits/count-attempt.ts';
import type { AgentSession } from '../../store/agent-sessions.ts';
import { getStore } from '../../store/store.ts';

type ClaimResult = { kind: 'claimed'; id: string } | { kind: 'gone' } | { kind: 'limited'; retryAfterMs: number };

/** Longer texts are no codes. */
const MAX_CODE_LENGTH = 40;

/** Claims the request for help behind a customer's code. Wrong codes are counted by agent; a right one always works. */
export async function claimHelpRequest({ subject, shop }: AgentSession, code: string): Promise<ClaimResult> {
  const { helpRequests } = await getStore();
  const helpRequest = await helpRequests.claim(code.slice(0, MAX_CODE_LENGTH), subject, shop);
  if (helpRequest) return { kind: 'claimed', id: helpRequest.id };
  const retryAfterMs = await countAttempt('codeAgent', subject);
  return retryAfterMs === undefined ? { kind: 'gone' } : { kind: 'limited', retryAfterMs };
}
