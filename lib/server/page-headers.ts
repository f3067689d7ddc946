import 'server-only';
import { isPreviewOn } from '../config/is-preview-on.ts';
import { buildReportOnlyPolicy } from './csp.ts';
import { CARD_PAGE, getPagePolicy, PREVIEW_PAGE, TRUSTED_TYPES_POLICIES } from './page-policy.ts';

/**
 * What a page says to the browser beside what every answer says (`next.config.mjs`): its policy, which embedders and
 * embedded ones it lets near (Cross-Origin-Embedder-Policy, HTML Standard 7.1.4), and where violations are reported
 * (Reporting API). The frames of the vault and of the preview take no embedder policy: the vault's do not send one.
 */
export function buildPageHeaders(pathname: string, nonce: string): Record<string, string> {
  const isCard = CARD_PAGE.test(pathname);
  const hasFrames = isCard || (isPreviewOn() && PREVIEW_PAGE.test(pathname));
  return {
    'content-security-policy': getPagePolicy(pathname, nonce),
    'reporting-endpoints': 'csp="/csp-report"',
    'cache-control': 'private, no-store',
    // The vault's script is not known to know Trusted Types: there they are watched (CSP Level 3, report-only).
    ...(isCard && { 'content-security-policy-report-only': buildReportOnlyPolicy(TRUSTED_TYPES_POLICIES) }),
    ...(!hasFrames && { 'cross-origin-embedder-policy': 'credentialless' }),
  };
}
