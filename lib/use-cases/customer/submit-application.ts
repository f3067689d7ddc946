import 'server-only';
import { after } from 'next/server';
import type { CustomerDevice } from '../../auth/customer-device.ts';
import { getBrand } from '../../config/brand/brand.ts';
import { buildConsentText } from '../../config/brand/consent-text.ts';
import { getEnv } from '../../config/env.ts';
import { getJourneyContext, getSpelling } from '../../config/get-journey-context.ts';
import { getProcessSingleton } from '../../config/process-singleton.ts';
import { systemRuntime } from '../../config/runtime.ts';
import type { CallLocation } from '../../domain/build-session-link-request.ts';
import { buildVersionMark, type FormStamp } from '../../domain/form-stamp.ts';
import type { SubmissionOutcome } from '../../domain/submission.ts';
import type { Locale } from '../../i18n/routing.ts';
import { log } from '../../observability/logger.ts';
import { countSubmission } from '../../rate-limits/count-submission.ts';
import { handleOutage } from '../../store/database-session.ts';
import type { Draft } from '../../store/drafts.ts';
import { getStore } from '../../store/store.ts';
import { getRaasClient, getUpstreamGuard } from '../../upstream/upstream-from-env.ts';
import { type SubmitTools, submit } from '../submission/submit.ts';
import { checkForm } from './form-check.ts';
import { recordCustomerEvent } from './record-journey-event.ts';

export type SubmitForm = {
  locale: Locale;
  /** The hash of the consent text that the page showed. */
  consentHash: string | undefined;
  callLocation: CallLocation | undefined;
};

export type SubmitResult =
  | SubmissionOutcome
  | { kind: 'no-draft' }
  /** The consent text has changed since the page was rendered, so the customer has not agreed to it. */
  | { kind: 'reworded' };

/** `another`: the form is about another application. `changed`: the answers changed after the page was rendered. */
export type ReviewResult = SubmitResult | { kind: 'another' } | { kind: 'changed' };

/** Submits the application that the review page showed. */
export async function submitReviewedApplication(
  device: CustomerDevice,
  form: SubmitForm & { stamp: FormStamp | undefined },
): Promise<ReviewResult> {
  if ((await checkForm(form.stamp, device.draftToken)) !== 'current') return { kind: 'another' };
  const draft = await findDraft(device);
  const answerMark = form.stamp?.seen;
  const hasChanged = draft && answerMark !== undefined && answerMark !== buildVersionMark(draft.version);
  return hasChanged ? { kind: 'changed' } : submitDraft(device, draft, form);
}

/** Submits the application of this browser as it is saved, after the last step. */
export const submitApplication = async (device: CustomerDevice, form: SubmitForm): Promise<SubmitResult> =>
  submitDraft(device, await findDraft(device), form);

const findDraft = async ({ draftToken }: CustomerDevice): Promise<Draft | undefined> =>
  draftToken === undefined ? undefined : (await getStore()).drafts.find(draftToken);

async function submitDraft(
  device: CustomerDevice,
  draft: Draft | undefined,
  { locale, consentHash, callLocation }: SubmitForm,
): Promise<SubmitResult> {
  const { draftToken: token, clientIp } = device;
  if (!draft || token === undefined) return { kind: 'no-draft' };
  const { version, hash } = buildConsentText(getBrand(), locale);
  if (consentHash !== hash) return { kind: 'reworded' };
  const consent = { version, hash, lang: locale, at: systemRuntime.now().toISOString(), actor: 'customer' } as const;
  const tools = await createSubmitTools(clientIp);
  // A double click waits for the submission of the first one, whose statements mark only the first request.
  const outcome = await submit(tools, { draft, lang: locale, callLocation, consent }).catch(handleOutage);
  const eventKind = getEventKind(outcome);
  if (eventKind) await recordCustomerEvent(device, { token, kind: eventKind, step: null, lang: locale });
  return outcome;
}

async function createSubmitTools(clientIp: string): Promise<SubmitTools> {
  const { RAAS_TOTAL_MS, RAAS_LOOKUP_MS, SUBMISSION_LEASE_MS } = getEnv();
  const { ledger, rateLimits, failovers } = await getStore();
  return {
    ...systemRuntime,
    ledger,
    raas: getRaasClient(),
    upstreamGuard: getUpstreamGuard(),
    context: getJourneyContext(systemRuntime.now()),
    spelling: getSpelling(),
    sendWindowMs: SUBMISSION_LEASE_MS - RAAS_TOTAL_MS,
    log,
    inBackground: after,
    limits: { total: RAAS_TOTAL_MS, lookup: RAAS_LOOKUP_MS },
    countCall: (call) => countSubmission(rateLimits, { address: clientIp, ...call }),
    hasPossibleLostCall: failovers.hasPossibleLostCall,
    running: getProcessSingleton('submissions', () => new Map<string, Promise<SubmissionOutcome>>()),
  };
}

/** Returns the event for the statistics; a limit, an open outcome or an incomplete draft causes none. */
function getEventKind({ kind }: SubmissionOutcome): 'delivered' | 'refused' | 'not-sent' | undefined {
  if (kind === 'linked') return 'delivered';
  if (kind === 'refused') return 'refused';
  return kind === 'not-sent' || kind === 'phone-held' ? 'not-sent' : undefined;
}
