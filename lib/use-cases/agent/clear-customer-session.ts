import 'server-only';
import { recordCustomerAction } from '../../auth/agent-authorization.ts';
import { deleteDraftToken, getCaseForDevice, readDraftToken } from '../../auth/draft-cookie.ts';
import { handoverCookie, helpCookie } from '../../auth/short-cookies.ts';
import { getStore } from '../../store/store.ts';

/**
 * Lets go of the customer of this device: no cookie leads to a draft, a hand-over or a request for help any more. A draft that
 * nothing else needs is deleted. The case of an agent stays theirs, and only its hand-over ends.
 */
export async function clearCustomerSession(): Promise<void> {
  const { drafts, handovers, helpRequests } = await getStore();
  const deviceCase = await getCaseForDevice();
  const [draftToken, helpToken] = [await readDraftToken(), await helpCookie.read()];
  if (helpToken !== undefined) await helpRequests.stop(helpToken);
  if (deviceCase) {
    await recordCustomerAction(deviceCase, 'case.forgotten');
    await handovers.stop(deviceCase.id);
  } else if (draftToken !== undefined) await drafts.deleteUnsent(draftToken);
  await deleteDraftToken();
  await handoverCookie.remove();
  await helpCookie.remove();
}
