import 'server-only';
import type { CustomerDevice } from '../../auth/customer-device.ts';
import type { FormStamp } from '../../domain/form-stamp.ts';
import type { Locale } from '../../i18n/routing.ts';
import { findJourney } from './find-journey.ts';
import { checkForm } from './form-check.ts';
import { recordCustomerEvent } from './record-journey-event.ts';

export type DeliveredLinkResult =
  | { kind: 'linked'; link: string }
  /** The submission has no link, or its link has expired. */
  | { kind: 'no-link' }
  | { kind: 'another' };

/** Returns the session link of a delivered submission for a customer who came back. */
export async function openDeliveredLink(
  device: CustomerDevice,
  stamp: FormStamp | undefined,
  locale: Locale,
): Promise<DeliveredLinkResult> {
  if ((await checkForm(stamp, device.draftToken)) !== 'current') return { kind: 'another' };
  const { submission } = await findJourney(device);
  if (!submission?.link || device.draftToken === undefined) return { kind: 'no-link' };
  await recordCustomerEvent(device, { token: device.draftToken, kind: 'delivered', step: null, lang: locale });
  return { kind: 'linked', link: submission.link };
}
