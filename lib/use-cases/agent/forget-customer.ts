import 'server-only';
import { recordCustomer } from '../../auth/current-agent.ts';
import { dropDraftToken, handedCase, readDraftToken } from '../../auth/draft-cookie.ts';
import { handoverCookie, helpCookie } from '../../auth/short-cookies.ts';
import { store } from '../../store/store.ts';

/**
 * Lets go of the customer of this device: no cookie leads to a draft, a hand-over or a request for help any more. A draft that
 * nothing else needs is deleted. The case of an agent stays theirs, and only its hand-over ends.
 */
export async function forgetCustomer(): Promise<void> {
  const { drafts, handovers, helpRequests } = await store();
  const handed = await handedCase();
  const [own, help] = [await readDraftToken(), await helpCookie.read()];
  if (help !== undefined) await helpRequests.stop(help);
  if (handed) {
    await recordCustomer(handed, 'case.forgotten');
    await handovers.stop(handed.id);
  } else if (own !== undefined) await drafts.discard(own);
  await dropDraftToken();
  await handoverCookie.drop();
  await helpCookie.drop();
}
