import 'server-only';
import { recordCustomerAction } from '../../auth/agent-audit.ts';
import { getJourneyContext } from '../../config/get-journey-context.ts';
import { getCustomerLabel } from '../../domain/assist/customer-label.ts';
import type { FormStamp } from '../../domain/form-stamp.ts';
import { getFilledFields, getStepForm } from '../../domain/journey.ts';
import type { StepId } from '../../domain/steps/index.ts';
import type { Locale } from '../../i18n/routing.ts';
import { countAttempt, createLimitedDraft } from '../../rate-limits/count-attempt.ts';
import type { Draft } from '../../store/drafts.ts';
import { getStore } from '../../store/store.ts';
import { findFirstOpenStep } from './find-first-open-step.ts';
import { checkTokenForm } from './form-check.ts';

/** The form belongs to another request for help, or the request cannot be continued: the help page shows its state. */
type OutdatedRequest = { kind: 'outdated' };

type RequestHelpResult =
  /** `newDraftToken` is set when the customer had no draft. */
  | { kind: 'requested'; helpToken: string; newDraftToken: string | undefined }
  | { kind: 'limited'; retryAfterMs: number }
  | OutdatedRequest;

/**
 * Creates a request for help, with a code that an agent can enter to continue the customer's journey. Begins a draft when there is
 * none.
 *
 * @param helpToken of the device's latest request
 */
export async function requestHelp(
  { draftToken, clientIp }: { draftToken: string | undefined; clientIp: string },
  helpToken: string | undefined,
  stamp: FormStamp | undefined,
  locale: Locale,
): Promise<RequestHelpResult> {
  if (checkTokenForm(stamp, helpToken) === 'another') return { kind: 'outdated' };
  const { drafts, helpRequests } = await getStore();
  const hasDraft = draftToken !== undefined && (await drafts.find(draftToken)) !== undefined;
  const retryAfterMs = await countAttempt('helpCodeAddress', clientIp);
  if (retryAfterMs !== undefined) return { kind: 'limited', retryAfterMs };
  if (hasDraft)
    return { kind: 'requested', helpToken: await helpRequests.create(draftToken, locale), newDraftToken: undefined };
  const result = await createLimitedDraft(clientIp, () => drafts.create({ steps: {} }));
  if ('retryAfterMs' in result) return { kind: 'limited', ...result };
  const newDraftToken = result.created;
  return { kind: 'requested', helpToken: await helpRequests.create(newDraftToken, locale), newDraftToken };
}

type AcceptHelpResult = { kind: 'accepted'; deviceToken: string; next: StepId | 'review' } | OutdatedRequest;

/**
 * Accepts the help of the agent who entered the code: the journey becomes a case of that agent. The device gets a token as after a
 * hand-over, so that the agent and the customer can revoke it.
 */
export async function acceptHelpRequest(
  helpToken: string | undefined,
  stamp: FormStamp | undefined,
): Promise<AcceptHelpResult> {
  // The customer's consent to one agent does not count for the agent of a request from another tab.
  if (helpToken === undefined || checkTokenForm(stamp, helpToken) !== 'current') return { kind: 'outdated' };
  const { helpRequests, drafts, handovers } = await getStore();
  const helpRequest = await helpRequests.find(helpToken);
  const draft = helpRequest && (await drafts.find(helpRequest.draftToken));
  if (!helpRequest || !draft) return { kind: 'outdated' };
  const label = getCustomerLabel(getStepForm(draft.content, 'identity'), getJourneyContext(new Date()));
  const customer = { token: helpRequest.draftToken, ...label, lang: helpRequest.lang };
  const createdCase = await helpRequests.accept(helpToken, customer);
  if (!createdCase) return { kind: 'outdated' };
  await recordAnswersOfCase(createdCase, draft);
  const deviceToken = await handovers.createOpened(createdCase.id);
  return { kind: 'accepted', deviceToken, next: findFirstOpenStep(draft.content) };
}

/** Records in the audit which fields the case begins with, and which of them the partner's link locked. */
async function recordAnswersOfCase(createdCase: { id: string; shop: string }, { content }: Draft): Promise<void> {
  await recordCustomerAction(createdCase, 'case.agreed', getFilledFields(content));
  const { locked: lockedFields = [] } = content.partner ?? {};
  if (lockedFields.length > 0) await recordCustomerAction(createdCase, 'case.agreed', lockedFields, 'partner');
}

/** Stops a request for help: its code no longer works, and the customer continues alone. */
export async function cancelHelp(
  draftToken: string | undefined,
  helpToken: string | undefined,
  stamp: FormStamp | undefined,
): Promise<{ kind: 'canceled'; next: StepId | 'review' } | OutdatedRequest> {
  if (checkTokenForm(stamp, helpToken) !== 'current') return { kind: 'outdated' };
  const { helpRequests, drafts } = await getStore();
  if (helpToken !== undefined) await helpRequests.stop(helpToken);
  const draft = draftToken === undefined ? undefined : await drafts.find(draftToken);
  return { kind: 'canceled', next: findFirstOpenStep(draft?.content) };
}
