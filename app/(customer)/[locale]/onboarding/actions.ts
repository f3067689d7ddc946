'use server';

import { redirect } from 'next/navigation';
import { readCustomerDevice, withDraftToken } from '@/lib/auth/customer-device';
import { writeDraftToken } from '@/lib/auth/draft-cookie';
import type { StepId } from '@/lib/domain/steps';
import { formArgument, localeArgument, previousArgument, stepArgument } from '@/lib/http/action-arguments';
import { isFramedVisit } from '@/lib/http/framed-visit';
import { createServerAction } from '@/lib/http/server-action';
import { getRequestLocale } from '@/lib/i18n/get-request-locale';
import { getPagePath } from '@/lib/i18n/paths';
import type { Locale } from '@/lib/i18n/routing';
import { findStamp } from '@/lib/use-cases/customer/form-check';
import { openDeliveredLink } from '@/lib/use-cases/customer/open-delivered-link';
import { readPostedStep } from '@/lib/use-cases/customer/posted-step';
import type { RejectedForm } from '@/lib/use-cases/customer/rejected-form';
import { saveStepForm } from '@/lib/use-cases/customer/save-step-form';
import { submitApplication, submitReviewedApplication } from '@/lib/use-cases/customer/submit-application';
import { readFormExit, readSubmitForm } from './read-posted-form';
import { getStepRedirect, getSubmitTarget } from './step-redirects';

// Every export is a public endpoint: each action checks its arguments, bound ones included. From a page in a partner's frame no
// action submits or follows a link: the partner's page could have led the press (docs/decisions/0163-last-page-in-the-whole-window.md).

/** Saves a step and redirects to the next open one, or returns the errors. */
export const saveStep = createServerAction(
  [localeArgument, stepArgument, previousArgument, formArgument],
  async (locale, stepId, _previous, form): Promise<RejectedForm | undefined> => {
    const { result } = await postStep(locale, stepId, form);
    if (result.kind === 'rejected') return result.form;
    return redirect(...getStepRedirect(locale, stepId, form, result));
  },
);

/** Saves the last step, whose page shows the consent text, and submits the application. */
export const finishStep = createServerAction(
  [localeArgument, stepArgument, previousArgument, formArgument],
  async (locale, stepId, _previous, form): Promise<RejectedForm | undefined> => {
    const { device, result } = await postStep(locale, stepId, form);
    if (result.kind === 'rejected') return result.form;
    if (result.kind !== 'saved' || result.next !== 'review' || (await isFramedVisit()))
      return redirect(...getStepRedirect(locale, stepId, form, result));
    const outcome = await submitApplication(withDraftToken(device, result.token), readSubmitForm(locale, form));
    return redirect(getSubmitTarget(locale, outcome));
  },
);

/** Submits the application that the review page shows and redirects to the session link or to the outcome. */
export const submitOnboarding = createServerAction([formArgument], async (form): Promise<void> => {
  const locale = await getRequestLocale();
  const submitForm = { ...readSubmitForm(locale, form), stamp: findStamp(form) };
  if (await isFramedVisit()) redirect(getPagePath(locale, 'review'));
  redirect(getSubmitTarget(locale, await submitReviewedApplication(await readCustomerDevice(), submitForm)));
});

/** Redirects a customer who came back to the session link of a delivered submission. */
export const followLink = createServerAction([formArgument], async (form): Promise<void> => {
  const locale = await getRequestLocale();
  if (await isFramedVisit()) redirect(getPagePath(locale, 'outcome'));
  const result = await openDeliveredLink(await readCustomerDevice(), findStamp(form), locale);
  if (result.kind === 'linked') redirect(result.link);
  redirect(result.kind === 'another' ? `/${locale}?another` : getPagePath(locale, 'outcome'));
});

async function postStep(locale: Locale, stepId: StepId, form: FormData) {
  const device = await readCustomerDevice();
  const result = await saveStepForm(device, readPostedStep(stepId, form), { locale, exit: readFormExit(form) });
  if ('token' in result && result.token !== undefined) await writeDraftToken(result.token);
  return { device, result };
}
