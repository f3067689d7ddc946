import 'server-only';
import { getEnv } from '../../config/env.ts';
import { getJourneyContext } from '../../config/get-journey-context.ts';
import { readForm } from '../../domain/form-input.ts';
import type { FormStamp } from '../../domain/form-stamp.ts';
import type { JourneyContext } from '../../domain/journey-context.ts';
import type { PartnerAnswers } from '../../domain/partner-start.ts';
import { parseFormPhone } from '../../domain/steps/identity/phone.ts';
import { identityStep } from '../../domain/steps/identity/step.ts';
import type { JourneyPage } from '../../i18n/paths.ts';
import type { Locale } from '../../i18n/routing.ts';
import { log } from '../../observability/logger.ts';
import { getLinkKeys } from '../../partner-link/keys.ts';
import { openLink } from '../../partner-link/open-link.ts';
import { formatPhone } from '../../reference-data/format-phone.ts';
import { getStore } from '../../store/store.ts';
import { checkForm } from './form-check.ts';
import { startFromLink } from './start-from-partner-link.ts';

/** `lang` is the link's language; undefined when the link names none. */
type OpenPartnerLinkResult =
  | { kind: 'started'; token: string; next: JourneyPage; lang: Locale | undefined }
  /** The device has an application of another person; the customer decides which one to continue. */
  | { kind: 'asks'; next: JourneyPage; lang: Locale | undefined }
  | { kind: 'rejected'; lang: Locale | undefined };

/**
 * Opens a partner's link and starts the journey that it describes.
 *
 * @param isConfirmed the customer chose the new application, on a page with this stamp: it counts only for the present draft
 */
export async function openPartnerLink(
  linkToken: string,
  draftToken: string | undefined,
  { isConfirmed, stamp }: { isConfirmed: boolean; stamp: FormStamp | undefined },
): Promise<OpenPartnerLinkResult> {
  const keys = getLinkKeys();
  const now = new Date();
  const { APP_ORIGIN: audience, PARTNER_RETURN_ORIGINS: returnOrigins } = getEnv();
  const opened = keys ? await openLink(linkToken, keys, { audience, returnOrigins }, now) : { refused: 'no keys' };
  if ('refused' in opened) return rejectLink(opened.refused, undefined);
  const { drafts, ledger, usedLinks, partnerReferences } = await getStore();
  const context = getJourneyContext(now);
  const link = { ...opened.link, texts: formatPhoneText(opened.link.texts, context) };
  const tools = { drafts, ledger, usedLinks, partnerReferences, context, now };
  const isForThisDraft = isConfirmed && (await checkForm(stamp, draftToken)) === 'current';
  const result = await startFromLink(tools, { token: draftToken, link, isConfirmed: isForThisDraft });
  if (result.kind === 'used') return rejectLink('used before', link.lang);
  if (result.kind === 'started') log({ event: 'partner-link.opened', next: result.next });
  return { ...result, lang: link.lang };
}

/** Customers check their number, and recognize it with spaces. The upstream gets the same number. */
function formatPhoneText(texts: PartnerAnswers['texts'], { phoneRules }: JourneyContext): PartnerAnswers['texts'] {
  const phone = parseFormPhone(readForm(texts, identityStep.fields), phoneRules);
  return phone === undefined ? texts : new Map(texts).set('phoneNumber', formatPhone(phone));
}

function rejectLink(cause: string, lang: Locale | undefined): OpenPartnerLinkResult {
  log({ event: 'partner-link.refused', cause });
  return { kind: 'rejected', lang };
}
