'use server';

import { RedirectType, redirect } from 'next/navigation';
import { after } from 'next/server';
import { CONSENT, getLeaveTarget, TO_HELP, TO_START, TOUCHED } from '@/components/form/form-names';
import type { StepFormResult } from '@/components/form/step-form';
import { recordCustomer } from '@/lib/auth/current-agent';
import { handedCase, readDraftToken, writeDraftToken } from '@/lib/auth/draft-cookie';
import { brand } from '@/lib/config/brand/brand';
import { consentText } from '@/lib/config/brand/consent';
import { env } from '@/lib/config/env';
import { inProcess } from '@/lib/config/in-process';
import { journeyContext, spelling } from '@/lib/config/journey-context';
import { systemRuntime } from '@/lib/config/runtime';
import type { CallLocation } from '@/lib/domain/compose-request';
import { type FormInput, fieldText, readForm, readShownErrors } from '@/lib/domain/form-input';
import { FOR_ANOTHER, markReplacement, markVersion, writeStamp } from '@/lib/domain/form-stamp';
import { formOf } from '@/lib/domain/journey';
import { isStepId, type StepId, stepOf } from '@/lib/domain/steps';
import { readFormPhone } from '@/lib/domain/steps/identity/phone';
import { keepable } from '@/lib/domain/steps/step';
import type { SubmissionOutcome } from '@/lib/domain/submission';
import { readDegrees } from '@/lib/domain/text/text';
import { toRetryTime, toWaitMinutes } from '@/lib/domain/wait';
import { formArgument, localeArgument, previousArgument, stepArgument } from '@/lib/http/action-arguments';
import { addressOfRequest } from '@/lib/http/address-of-request';
import { guarded } from '@/lib/http/guarded-action';
import { localeOfRequest } from '@/lib/i18n/locale-of-request';
import { type JourneyPage, pagePath } from '@/lib/i18n/paths';
import { type Locale, localeOf } from '@/lib/i18n/routing';
import { log } from '@/lib/observability/logger';
import { countDraft } from '@/lib/rate-limits/take-attempt';
import type { Draft } from '@/lib/store/drafts';
import { store } from '@/lib/store/store';
import { admission, raas } from '@/lib/upstream/configured';
import { currentJourney } from '@/lib/use-cases/customer/current-journey';
import { checkForm, findBegunBy, findStamp, markToken } from '@/lib/use-cases/customer/form-check';
import { noteEvent } from '@/lib/use-cases/customer/record-journey-event';
import { keepTyped } from '@/lib/use-cases/customer/save-partial-step';
import { saveStep as saveStepUseCase } from '@/lib/use-cases/customer/save-step';
import { countCall } from '@/lib/use-cases/submission/count-call';
import { submit } from '@/lib/use-cases/submission/submit';
import { toFormResult } from '../to-form-result';

// Everything exported here is a public endpoint: each action checks what it is given, bound arguments included.

/** Keeps one step and goes on to the next open one, or says what is wrong with it. What is on its way is not changed. */
export const saveStep = guarded(
  [localeArgument, stepArgument, previousArgument, formArgument],
  async (locale, stepId, _previous, form): Promise<StepFormResult | undefined> => {
    const taken = await takeStep(locale, stepId, form);
    if ('errors' in taken) return taken;
    return redirect(pagePath(locale, taken.next));
  },
);

/** The same on a page that was all that was left to ask: what was agreed to there is sent at once. */
export const finishStep = guarded(
  [localeArgument, stepArgument, previousArgument, formArgument],
  async (locale, stepId, _previous, form): Promise<StepFormResult | undefined> => {
    const taken = await takeStep(locale, stepId, form);
    if ('errors' in taken) return taken;
    return taken.next === 'review' ? send(locale, taken.token, form) : redirect(pagePath(locale, taken.next));
  },
);

/** Sends the finished draft upstream and the customer to the link, or to the page that says what became of it. */
export const submitOnboarding = guarded([formArgument], async (form): Promise<void> => {
  const locale = await localeOfRequest();
  const origin = await checkForm(form);
  if (origin !== 'current') redirect(`/${locale}?another`);
  const token = await readDraftToken();
  const draft = token === undefined ? undefined : await (await store()).drafts.find(token);
  // The customer agrees to the answers that the page showed.
  const seen = findStamp(form)?.seen;
  if (draft && seen !== undefined && seen !== markVersion(draft.version)) {
    redirect(`${pagePath(locale, 'review')}?changed`);
  }
  await send(locale, token, form, draft);
});

/** Reads a step's form and keeps it. The language switch posts here too: then the form goes along as it is. */
async function takeStep(
  locale: Locale,
  stepId: string,
  form: FormData,
): Promise<StepFormResult | { token: string; next: JourneyPage }> {
  if (!isStepId(stepId)) redirect(`/${locale}`);
  const now = new Date();
  const context = journeyContext(now);
  const { fields } = stepOf(stepId);
  const input = readForm(form, fields);
  const origin = await checkForm(form);
  if (origin === 'another') redirect(`/${locale}?another`);
  const own = await readDraftToken();
  const subject = markToken(own);
  const token = origin === 'replacing' ? undefined : own;
  const begunBy = findBegunBy(form);
  const other = getLeaveTarget(form);
  if (origin === 'unknown' && !(await isSamePerson(stepId, input))) {
    const values = keepable(stepOf(stepId), input, context);
    return { values, errors: {}, problem: 'begun', stamp: writeStamp(markReplacement(subject)) };
  }
  const { drafts, ledger } = await store();
  const tools = { drafts, ledger, countDraft, context, now };
  const seen = origin === 'unknown' ? FOR_ANOTHER : findStamp(form)?.seen;
  if (other !== undefined) {
    const touched = form.get(TOUCHED);
    if (touched === '0') leave(locale, stepId, other);
    const errors = readShownErrors(form, fields);
    const kept = await keepTyped(tools, { token, stepId, input, errors, seen, begunBy });
    // Without script it is not known whether an outdated form was changed: what is saved stays.
    if (kept.kind === 'changed' && touched === null) leave(locale, stepId, other);
    if (kept.kind !== 'kept') return toFormResult(kept, subject);
    if (kept.token !== undefined) await writeDraftToken(kept.token);
    leave(locale, stepId, other);
  }
  const handed = await handedCase();
  if (handed)
    await recordCustomer(
      handed,
      'case.fill',
      fields.filter((field) => fieldText(input, field) !== ''),
    );
  const result = await saveStepUseCase(tools, { token, stepId, input, seen, begunBy });
  if (result.kind === 'held') redirect(pagePath(locale, 'outcome'));
  if (result.kind === 'limited' || result.kind === 'changed') return toFormResult(result, subject);
  if (result.kind === 'invalid') {
    log({ event: 'step.invalid', step: stepId, fields: Object.keys(result.errors).join(' ') });
    if (token !== undefined) {
      await noteEvent({ token, kind: 'invalid', step: stepId, lang: locale, fields: Object.keys(result.errors) });
    }
    return toFormResult(result, subject);
  }
  await writeDraftToken(result.token);
  log({ event: 'step.saved', step: stepId });
  await noteEvent({ token: result.token, kind: 'taken', step: stepId, lang: locale });
  return result;
}

/** Whether a blank form that was filled in names the phone of the present draft. */
async function isSamePerson(stepId: StepId, input: FormInput): Promise<boolean> {
  const { content, context } = await currentJourney();
  const posted = stepId === 'identity' ? readFormPhone(input, context.phoneRules) : undefined;
  return posted !== undefined && posted === readFormPhone(formOf(content, 'identity'), context.phoneRules);
}

/** Goes where a half-filled form was left for: help, the start, another page, or the same page in another language. */
function leave(locale: Locale, stepId: StepId, other: string): never {
  if (other === TO_HELP) redirect(`/${locale}/continue/help`);
  if (other === TO_START) redirect(`/${locale}`);
  if (isStepId(other)) redirect(pagePath(locale, other));
  redirect(pagePath(localeOf(other), stepId), RedirectType.replace);
}

/** @param shown the draft that the page showed; by default the one that is saved now */
async function send(locale: Locale, token: string | undefined, form: FormData, shown?: Draft): Promise<never> {
  const { now } = systemRuntime;
  const { RAAS_TOTAL_MS, RAAS_LOOKUP_MS, SUBMISSION_LEASE_MS } = env();
  const { drafts, ledger, limits, failovers } = await store();
  const draft = shown ?? (token === undefined ? undefined : await drafts.find(token));
  if (!draft || token === undefined) redirect(`/${locale}`);
  const note = (kind: 'delivered' | 'refused' | 'not-sent') => noteEvent({ token, kind, step: null, lang: locale });
  const { version, hash } = consentText(brand(), locale);
  // A release came in between and the words have changed: nobody agrees to what they have not seen.
  if (form.get(CONSENT) !== hash) redirect(`${pagePath(locale, 'review')}?reworded`);
  const context = journeyContext(now());
  const address = await addressOfRequest();
  const outcome = await submit(
    {
      ...{ drafts, ledger, raas: raas(), admission: admission(), context, spelling: spelling() },
      ...systemRuntime,
      sendWindowMs: SUBMISSION_LEASE_MS - RAAS_TOTAL_MS,
      ...{ log, inBackground: after, limits: { total: RAAS_TOTAL_MS, lookup: RAAS_LOOKUP_MS } },
      countCall: (call) => countCall(limits, { address, ...call }),
      mayHaveLostCall: failovers.mayHaveLostCall,
      running: inProcess('submissions', () => new Map<string, Promise<SubmissionOutcome>>()),
    },
    {
      ...{ draft, lang: locale, callLocation: readCallLocation(form) },
      consent: { version, hash, lang: locale, at: now().toISOString(), actor: 'customer' },
    },
  );
  switch (outcome.kind) {
    case 'linked':
      await note('delivered');
      return redirect(outcome.link);
    case 'incomplete':
      return redirect(pagePath(locale, outcome.open));
    case 'refused':
      await note('refused');
      return redirect(pagePath(locale, outcome.step ?? 'outcome'));
    case 'not-sent':
      await note('not-sent');
      return redirect(`${pagePath(locale, 'outcome')}?later=${toRetryTime(now(), outcome.retryAfterMs)}`);
    case 'phone-held':
      await note('not-sent');
      return redirect(`${pagePath(locale, 'outcome')}?held=${toWaitMinutes(outcome.retryAfterMs)}`);
    case 'limited':
      return redirect(`${pagePath(locale, 'outcome')}?wait=${toWaitMinutes(outcome.retryAfterMs)}`);
    case 'working':
      return redirect(pagePath(locale, 'outcome'));
  }
}

/** Follows the link of a submission that has ended well, for a customer who came back. */
export const followLink = guarded([formArgument], async (form): Promise<void> => {
  const locale = await localeOfRequest();
  const origin = await checkForm(form);
  if (origin !== 'current') redirect(`/${locale}?another`);
  const { submission } = await currentJourney();
  const token = await readDraftToken();
  if (submission?.link && token) {
    await noteEvent({ token, kind: 'delivered', step: null, lang: locale });
  }
  redirect(submission?.link ?? pagePath(locale, 'outcome'));
});

function readCallLocation(form: FormData): CallLocation | undefined {
  const read = (name: string, limit: number) => readDegrees(String(form.get(name) ?? ''), limit);
  const latitude = read('callLocationLatitude', 90);
  const longitude = read('callLocationLongitude', 180);
  return latitude === undefined || longitude === undefined ? undefined : { latitude, longitude };
}
