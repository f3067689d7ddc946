import type { PartnerStart } from '../partner-start.ts';
import type { OutcomePageView } from '../upstream-responses/submission-view.ts';

/** The state that the partner's page gets with a customer who returns. The partner's server asks for the exact state. */
type ReturnStatus = 'stopped' | 'refused' | 'needs_review' | 'resolved';

/** The views of the outcome page from which the customer can return; from the others they continue here. */
const STATUS_BY_VIEW: Partial<Record<OutcomePageView, ReturnStatus>> = {
  refused: 'refused',
  'not-sent': 'stopped',
  held: 'stopped',
  limited: 'stopped',
  parked: 'needs_review',
  delivered: 'resolved',
};

/**
 * Tells whether customers may be sent to an address: one of the allowed origins, without user information. It compares the
 * serialized address (URL Standard, 4.5), since a `blob:` address has the origin of the page that made it (4.7).
 *
 * @param url an address that `URL` can parse
 */
export function isAllowedReturnUrl(url: string, allowedOrigins: readonly string[]): boolean {
  const { href } = new URL(url);
  return allowedOrigins.some((origin) => href.startsWith(`${origin}/`));
}

/**
 * Builds the address of the partner's page for a customer who stops: the link's `return_url`, with the partner's reference and a
 * coarse status. The configuration may have changed since the link was opened, so the origin is checked again.
 *
 * @param view of the outcome page; undefined on the start page
 */
export function buildReturnUrl(
  partner: PartnerStart | undefined,
  allowedOrigins: readonly string[],
  view?: OutcomePageView,
): string | undefined {
  const status = view === undefined ? 'stopped' : STATUS_BY_VIEW[view];
  if (!partner?.returnUrl || !status) return undefined;
  if (!isAllowedReturnUrl(partner.returnUrl, allowedOrigins)) return undefined;
  const url = new URL(partner.returnUrl);
  if (partner.reference !== undefined) url.searchParams.set('reference', partner.reference);
  url.searchParams.set('status', status);
  return url.href;
}
