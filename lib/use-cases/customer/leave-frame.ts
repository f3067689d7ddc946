import 'server-only';
import * as z from 'zod/mini';
import { getKeys } from '../../config/env.ts';
import { decrypt, encrypt } from '../../crypto/encryption.ts';
import { pooledRandomBytes } from '../../crypto/random.ts';
import type { FormStamp } from '../../domain/form-stamp.ts';
import { isDraftLocked } from '../../domain/submission.ts';
import { HOUR_MS } from '../../domain/time.ts';
import type { JourneyPage } from '../../i18n/paths.ts';
import { log } from '../../observability/logger.ts';
import type { Draft } from '../../store/drafts.ts';
import { getStore } from '../../store/store.ts';
import { readJourney } from './find-journey.ts';
import { checkForm } from './form-check.ts';
import { isBlank } from './start-from-partner-link.ts';

/** How long a framed page may stay open before its last button no longer works. */
const EXIT_LIFETIME_MS = 12 * HOUR_MS;

const LABEL = 'frame-exit';
const exitSchema = z.object({ id: z.string(), draftToken: z.string(), expiresAtMs: z.number() });
type FrameExit = z.output<typeof exitSchema>;

export type LeaveFrameResult =
  | { kind: 'left'; token: string; next: JourneyPage }
  /** The browser has another application; the customer decides which one to continue. */
  | { kind: 'asks'; next: JourneyPage }
  | { kind: 'rejected' };

/**
 * Creates a token that carries a draft out of a partner's frame: the page in the whole window does not get the frame's
 * cookies (CHIPS). It is encrypted, works once and expires.
 */
export function createFrameExit(draftToken: string): string {
  const id = `${LABEL}.${pooledRandomBytes(16).toString('base64url')}`;
  const exit: FrameExit = { id, draftToken, expiresAtMs: Date.now() + EXIT_LIFETIME_MS };
  return encrypt(JSON.stringify(exit), LABEL, getKeys());
}

/** @returns undefined for a value that this server did not write, or that no configured key decrypts */
function decryptExit(value: string): FrameExit | undefined {
  try {
    return exitSchema.parse(JSON.parse(decrypt(value, LABEL, getKeys())));
  } catch {
    return undefined;
  }
}

/**
 * Continues the journey of a partner's frame in the whole window. As with a partner's link, it replaces another application of
 * this browser only after the customer has confirmed it.
 *
 * @param presentToken of the draft that this browser has outside of frames
 * @param isConfirmed the customer chose the journey of the frame, on a page with this stamp
 */
export async function leaveFrame(
  value: string,
  presentToken: string | undefined,
  { isConfirmed, stamp }: { isConfirmed: boolean; stamp: FormStamp | undefined },
): Promise<LeaveFrameResult> {
  const exit = decryptExit(value);
  if (!exit || exit.expiresAtMs < Date.now()) return reject(exit ? 'expired' : 'not of this server');
  const { drafts, usedLinks } = await getStore();
  const draft = await drafts.find(exit.draftToken);
  if (!draft) return reject('no draft');
  // A second press of the button: the first one has brought the draft here.
  if (presentToken === exit.draftToken) return { kind: 'left', token: presentToken, next: await findNextPage(draft) };
  const presentDraft = presentToken === undefined ? undefined : await drafts.find(presentToken);
  const mustAsk = presentDraft !== undefined && !isBlank(presentDraft.content);
  if (mustAsk && !(isConfirmed && (await checkForm(stamp, presentToken)) === 'current'))
    return { kind: 'asks', next: await findNextPage(presentDraft) };
  if (!(await usedLinks.use(exit.id, new Date(exit.expiresAtMs)))) return reject('used before');
  log({ event: 'frame.left' });
  return { kind: 'left', token: exit.draftToken, next: await findNextPage(draft) };
}

async function findNextPage(draft: Draft): Promise<JourneyPage> {
  const { submission, progress } = await readJourney(draft);
  return submission && isDraftLocked(submission.state) ? 'outcome' : progress.firstOpenStep;
}

function reject(cause: string): LeaveFrameResult {
  log({ event: 'frame.exit-refused', cause });
  return { kind: 'rejected' };
}
