import 'server-only';
import type { Locale } from '../../i18n/routing.ts';
import { countAttempt } from '../../rate-limits/count-attempt.ts';
import type { Case } from '../../store/cases.ts';
import type { Handover } from '../../store/handover-rows.ts';
import { getStore } from '../../store/store.ts';

/** `token` is new for the device's cookie; undefined when the device waits at this hand-over already. */
type JoinResult = { kind: 'joined'; token: string | undefined } | { kind: 'full' };

/** No hand-over has this code or link, its case is gone, or too many devices wait. */
type NoHandover = { kind: 'gone' };

/** Longer texts are no codes. */
const MAX_CODE_LENGTH = 40;

/**
 * Adds the device to the hand-over behind a short code. Wrong codes are counted by address; a right one always works.
 *
 * @param previousToken of the hand-over that the device waits at
 */
export async function joinHandoverByCode(
  code: string,
  { previousToken, clientIp }: { previousToken: string | undefined; clientIp: string },
): Promise<JoinResult | NoHandover | { kind: 'limited'; retryAfterMs: number }> {
  const handover = await (await getStore()).handovers.findByCode(code.slice(0, MAX_CODE_LENGTH));
  if (handover) return joinHandover(handover, previousToken);
  const retryAfterMs = await countAttempt('codeAddress', clientIp);
  return retryAfterMs === undefined ? { kind: 'gone' } : { kind: 'limited', retryAfterMs };
}

/**
 * Adds the device to the hand-over behind a link's token.
 *
 * @returns the customer's language, in which the device's pages are shown
 */
export async function joinHandoverByLink(
  linkToken: string,
  previousToken: string | undefined,
): Promise<{ kind: 'joined'; token: string | undefined; lang: Locale } | NoHandover> {
  const { handovers, cases } = await getStore();
  const handover = linkToken === '' ? undefined : await handovers.find(linkToken);
  const deviceCase: Case | undefined = handover && (await cases.findById(handover.caseId));
  const result = handover && deviceCase ? await joinHandover(handover, previousToken) : undefined;
  if (!deviceCase || result?.kind !== 'joined') return { kind: 'gone' };
  return { ...result, lang: deviceCase.customer.lang };
}

/** Adds the device to a hand-over. A device that waits there already keeps its digits. */
async function joinHandover(handover: Handover, previousToken: string | undefined): Promise<JoinResult> {
  const { handovers } = await getStore();
  const device = previousToken === undefined ? undefined : await handovers.findDevice(previousToken);
  if (device?.state === 'waiting' && device.caseId === handover.caseId) return { kind: 'joined', token: undefined };
  const token = await handovers.addDevice(handover);
  return token === undefined ? { kind: 'full' } : { kind: 'joined', token };
}
