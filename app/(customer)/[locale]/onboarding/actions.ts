'use server';

import { RedirectType, redirect } from 'next/navigation';
import { after } from 'next/server';
import { CONSENT_FIELD, getLeaveTarget, HELP_TARGET, START_TARGET, TOUCHED_FIELD } from '@/components/form/form-names';
import type { StepFormResult } from '@/components/form/step-form';
import { recordCustomerAction } from '@/lib/auth/agent-authorization';
import { getCaseForDevice, readDraftToken, writeDraftToken } from '@/lib/auth/draft-cookie';
import { getBrand } from '@/lib/config/brand/brand';
import { buildConsentText } from '@/lib/config/brand/consent-text';
import { getEnv } from '@/lib/config/env';
import { getJourneyContext, getSpelling } from '@/lib/config/journey-context';
import { getProcessSingleton } from '@/lib/config/process-singleton';
import { systemRuntime } from '@/lib/config/runtime';
import type { CallLocation } from '@/lib/domain/build-session-link-request';
import { type FormInput, getFieldText, readForm, readShownErrors } from '@/lib/domain/form-input';
import { buildReplacementMark, buildVersionMark, OTHER_PERSON_MARK, writeStamp } from '@/lib/domain/form-stamp';
import { getStepForm } from '@/lib/domain/journey';
import { toRetryTime, toWaitMinutes } from '@/lib/domain/retry-time';
import { getStep, isStepId, type StepId } from '@/lib/domain/steps';
import { parseFormPhone } from '@/lib/domain/steps/identity/phone';
import { removeDisallowedTexts } from '@/lib/domain/steps/step';
import type { SubmissionOutcome } from '@/lib/domain/submission';
import { parseDegrees } from '@/lib/domain/text/text-schemas';
import { formArgument, localeArgument, previousArgument, stepArgument } from '@/lib/http/action-arguments';
import { getClientIp } from '@/lib/http/client-ip';
import { createServerAction } from '@/lib/http/server-action';
import { getRequestLocale } from '@/lib/i18n/get-request-locale';
import { getPagePath, type JourneyPage } from '@/lib/i18n/paths';
import { type Locale, toLocale } from '@/lib/i18n/routing';
import { log } from '@/lib/observability/logger';
import { countDraft } from '@/lib/rate-limits/count-attempt';
import type { Draft } from '@/lib/store/drafts';
import { getStore } from '@/lib/store/store';
import { getRaasClient, getUpstreamGuard } from '@/lib/upstream/upstream-from-env';
import { getCurrentJourney } from '@/lib/use-cases/customer/current-journey';
import { checkForm, createTokenMark, findBlankFormMark, findStamp } from '@/lib/use-cases/customer/form-check';
import { recordJourneyEvent } from '@/lib/use-cases/customer/record-journey-event';
import { savePartialStep } from '@/lib/use-cases/customer/save-partial-step';
import { saveStep as saveStepUseCase } from '@/lib/use-cases/customer/save-step';
import { countCall } from '@/lib/use-cases/submission/count-call';
import { submit } from '@/lib/use-cases/submission/submit';
import { toFormResult } from '../to-form-result';

// Everything exported here is a public endpoint: each action checks what it is given, bound arguments included.

/** Keeps one step and goes on to the next open one, or says what is wrong with it. What is on its way is not changed. */
export const saveStep = createServerAction(
  [localeArgument, stepArgument, previousArgument, formArgument],
  async (locale, stepId, _previous, form): Promise<StepFormResult | undefined> => {
    const stepResult = await handleStepForm(locale, stepId, form);
    if ('errors' in stepResult) return stepResult;
    return redirect(getPagePath(locale, stepResult.next));
  },
);

/** The same on a page that was all that was left to ask: what was agreed to there is sent at once. */
export const finishStep = createServerAction(
  [localeArgument, stepArgument, previousArgument, formArgument],
  async (locale, stepId, _previous, form): Promise<StepFormResult | undefined> => {
    const stepResult = await handleStepForm(locale, stepId, form);
    if ('errors' in stepResult) return stepResult;
    return stepResult.next === 'review'
      ? send(locale, stepResult.token, form)
      : redirect(getPagePath(locale, stepResult.next));
  },
);

/** Sends the finished draft upstream and the customer to the link, or to the page that says what became of it. */
export const submitOnboarding = createServerAction([formArgument], async (form): Promise<void> => {
  const locale = await getRequestLocale();
  const origin = await checkForm(form);
  if (origin !== 'current') redirect(`/${locale}?another`);
  const token = await readDraftToken();
  const draft = token === undefined ? undefined : await (await getStore()).drafts.find(token);
  // The customer agrees to the answers that the page showed.
  const answerMark = findStamp(form)?.seen;
  if (draft && answerMark !== undefined && answerMark !== buildVersionMark(draft.version)) {
    redirect(`${getPagePath(locale, 'review')}?changed`);
  }
  await send(locale, token, form, draft);
});

/** Reads a step's form and keeps it. The language switch posts here too: then the form goes along as it is. */
async function handleStepForm(
  locale: Locale,
  stepId: string,
  form: FormData,
): Promise<StepFormResult | { token: string; next: JourneyPage }> {
  if (!isStepId(stepId)) redirect(`/${locale}`);
  const now = new Date();
  const context = getJourneyContext(now);
  const { fields } = getStep(stepId);
  const input = readForm(form, fields);
  const origin = await checkForm(form);
  if (origin === 'another') redirect(`/${locale}?another`);
  const draftToken = await readDraftToken();
  const subject = createTokenMark(draftToken);
  const token = origin === 'replacing' ? undefined : draftToken;
  const begunBy = findBlankFormMark(form);
  const leaveTarget = getLeaveTarget(form);
  if (origin === 'unknown' && !(await isSamePerson(stepId, input))) {
    const values = removeDisallowedTexts(getStep(stepId), input, context);
    return { values, errors: {}, problem: 'begun', stamp: writeStamp(buildReplacementMark(subject)) };
  }
  const { drafts, ledger } = await getStore();
  const tools = { drafts, ledger, countDraft, context, now };
  const answerMark = origin === 'unknown' ? OTHER_PERSON_MARK : findStamp(form)?.seen;
  if (leaveTarget !== undefined) {
    const touchedFlag = form.get(TOUCHED_FIELD);
    if (touchedFlag === '0') redirectToTarget(locale, stepId, leaveTarget);
    const errors = readShownErrors(form, fields);
    const partialResult = await savePartialStep(tools, { token, stepId, input, errors, seen: answerMark, begunBy });
    // Without script it is not known whether an outdated form was changed: what is saved stays.
    if (partialResult.kind === 'changed' && touchedFlag === null) redirectToTarget(locale, stepId, leaveTarget);
    if (partialResult.kind !== 'kept') return toFormResult(partialResult, subject);
    if (partialResult.token !== undefined) await writeDraftToken(partialResult.token);
    redirectToTarget(locale, stepId, leaveTarget);
  }
  const deviceCase = await getCaseForDevice();
  if (deviceCase)
    await recordCustomerAction(
      deviceCase,
      'case.fill',
      fields.filter((field) => getFieldText(input, field) !== ''),
    );
  const result = await saveStepUseCase(tools, { token, stepId, input, seen: answerMark, begunBy });
  if (result.kind === 'held') redirect(getPagePath(locale, 'outcome'));
  if (result.kind === 'limited' || result.kind === 'changed') return toFormResult(result, subject);
  if (result.kind === 'invalid') {
    log({ event: 'step.invalid', step: stepId, fields: Object.keys(result.errors).join(' ') });
    if (token !== undefined) {
      await recordJourneyEvent({
        token,
        kind: 'invalid',
        step: stepId,
        lang: locale,
        fields: Object.keys(result.errors),
      });
    }
    return toFormResult(result, subject);
  }
  await writeDraftToken(result.token);
  log({ event: 'step.saved', step: stepId });
  await recordJourneyEvent({ token: result.token, kind: 'taken', step: stepId, lang: locale });
  return result;
}

/** Whether a blank form that was filled in names the phone of the present draft. */
async function isSamePerson(stepId: StepId, input: FormInput): Promise<boolean> {
  const { content, context } = await getCurrentJourney();
  const postedPhone = stepId === 'identity' ? parseFormPhone(input, context.phoneRules) : undefined;
  return (
    postedPhone !== undefined && postedPhone === parseFormPhone(getStepForm(content, 'identity'), context.phoneRules)
  );
}

/** Goes where a half-filled form was left for: help, the start, another page, or the same page in another language. */
function redirectToTarget(locale: Locale, stepId: StepId, target: string): never {
  if (target === HELP_TARGET) redirect(`/${locale}/continue/help`);
  if (target === START_TARGET) redirect(`/${locale}`);
  if (isStepId(target)) redirect(getPagePath(locale, target));
  redirect(getPagePath(toLocale(target), stepId), RedirectType.replace);
}

/** @param shownDraft the draft that the page showed; by default the one that is saved now */
async function send(locale: Locale, token: string | undefined, form: FormData, shownDraft?: Draft): Promise<never> {
  const { now } = systemRuntime;
  const { RAAS_TOTAL_MS, RAAS_LOOKUP_MS, SUBMISSION_LEASE_MS } = getEnv();
  const { drafts, ledger, rateLimits: limits, failovers } = await getStore();
  const draft = shownDraft ?? (token === undefined ? undefined : await drafts.find(token));
  if (!draft || token === undefined) redirect(`/${locale}`);
  const recordEvent = (kind: 'delivered' | 'refused' | 'not-sent') =>
    recordJourneyEvent({ token, kind, step: null, lang: locale });
  const { version, hash } = buildConsentText(getBrand(), locale);
  // A release came in between and the words have changed: nobody agrees to what they have not seen.
  if (form.get(CONSENT_FIELD) !== hash) redirect(`${getPagePath(locale, 'review')}?reworded`);
  const context = getJourneyContext(now());
  const address = await getClientIp();
  const outcome = await submit(
    {
      ...{ drafts, ledger, raas: getRaasClient(), upstreamGuard: getUpstreamGuard(), context, spelling: getSpelling() },
      ...systemRuntime,
      sendWindowMs: SUBMISSION_LEASE_MS - RAAS_TOTAL_MS,
      ...{ log, inBackground: after, limits: { total: RAAS_TOTAL_MS, lookup: RAAS_LOOKUP_MS } },
      countCall: (call) => countCall(limits, { address, ...call }),
      hasPossibleLostCall: failovers.hasPossibleLostCall,
      running: getProcessSingleton('submissions', () => new Map<string, Promise<SubmissionOutcome>>()),
    },
    {
      ...{ draft, lang: locale, callLocation: readCallLocation(form) },
      consent: { version, hash, lang: locale, at: now().toISOString(), actor: 'customer' },
    },
  );
  switch (outcome.kind) {
    case 'linked':
      await recordEvent('delivered');
      return redirect(outcome.link);
    case 'incomplete':
      return redirect(getPagePath(locale, outcome.firstOpenStep));
    case 'refused':
      await recordEvent('refused');
      return redirect(getPagePath(locale, outcome.step ?? 'outcome'));
    case 'not-sent':
      await recordEvent('not-sent');
      return redirect(`${getPagePath(locale, 'outcome')}?later=${toRetryTime(now(), outcome.retryAfterMs)}`);
    case 'phone-held':
      await recordEvent('not-sent');
      return redirect(`${getPagePath(locale, 'outcome')}?held=${toWaitMinutes(outcome.retryAfterMs)}`);
    case 'limited':
      return redirect(`${getPagePath(locale, 'outcome')}?wait=${toWaitMinutes(outcome.retryAfterMs)}`);
    case 'working':
      return redirect(getPagePath(locale, 'outcome'));
  }
}

/** Follows the link of a submission that has ended well, for a customer who came back. */
export const followLink = createServerAction([formArgument], async (form): Promise<void> => {
  const locale = await getRequestLocale();
  const origin = await checkForm(form);
  if (origin !== 'current') redirect(`/${locale}?another`);
  const { submission } = await getCurrentJourney();
  const token = await readDraftToken();
  if (submission?.link && token) {
    await recordJourneyEvent({ token, kind: 'delivered', step: null, lang: locale });
  }
  redirect(submission?.link ?? getPagePath(locale, 'outcome'));
});

function readCallLocation(form: FormData): CallLocation | undefined {
  const read = (name: string, limit: number) => parseDegrees(String(form.get(name) ?? ''), limit);
  const latitude = read('callLocationLatitude', 90);
  const longitude = read('callLocationLongitude', 180);
  return latitude === undefined || longitude === undefined ? undefined : { latitude, longitude };
}
