import 'server-only';
import { isPreviewOn } from '../config/is-preview-on.ts';
import { buildReportOnlyPolicy } from './csp.ts';
import { CARD_PAGE, getPagePolicy, PREVIEW_PAGE, TRUSTED_TYPES_POLICIES } from './page-policy.ts';

/**
 * Builds the headers that depend on the page; `next.config.ts` has the others. Pages with frames of the vault take no
 * Cross-Origin-Embedder-Policy (HTML Standard, 7.1.4), because the vault's frames do not send one.
 *
 * @param isFramed the page is in a partner's frame
 */
export function buildPageHeaders(pathname: string, nonce: string, isFramed: boolean): Record<string, string> {
  const isCard = CARD_PAGE.test(pathname);
  const hasFrames = isCard || (isPreviewOn() && PREVIEW_PAGE.test(pathname));
  return {
    'content-security-policy': getPagePolicy(pathname, nonce, isFramed),
    'reporting-endpoints': 'csp="/csp-report"',
    'cache-control': 'private, no-store',
    // The vault does not document support of Trusted Types, so violations are only reported (CSP Level 3, report-only).
    ...(isCard && { 'content-security-policy-report-only': buildReportOnlyPolicy(TRUSTED_TYPES_POLICIES) }),
    ...(!hasFrames && { 'cross-origin-embedder-policy': 'credentialless' }),
  };
}
