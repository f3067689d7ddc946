import 'server-only';
import { recordCustomerAction } from '../../auth/agent-audit.ts';
import type { CustomerDevice } from '../../auth/customer-device.ts';
import type { FormStamp } from '../../domain/form-stamp.ts';
import { getStore } from '../../store/store.ts';
import { checkForm } from './form-check.ts';

type ClearResult = { kind: 'cleared' } | { kind: 'another' };

/**
 * Separates this device from its customer. Deletes a draft that was not sent and that no case needs. An agent's case stays; only
 * its hand-over ends. A form of the customer before cannot do this to the present one.
 *
 * @returns `cleared` when the caller must delete the device's cookies
 */
export async function clearCustomerSession(
  { draftToken, deviceCase }: Pick<CustomerDevice, 'draftToken' | 'deviceCase'>,
  helpToken: string | undefined,
  stamp: FormStamp | undefined,
): Promise<ClearResult> {
  if ((await checkForm(stamp, draftToken)) === 'another') return { kind: 'another' };
  const { drafts, handovers, helpRequests } = await getStore();
  if (helpToken !== undefined) await helpRequests.stop(helpToken);
  if (deviceCase) {
    await recordCustomerAction(deviceCase, 'case.forgotten');
    await handovers.stop(deviceCase.id);
  } else if (draftToken !== undefined) await drafts.deleteUnsent(draftToken);
  return { kind: 'cleared' };
}
