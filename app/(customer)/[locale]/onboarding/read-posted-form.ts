import { CONSENT_FIELD, getLeaveTarget, TOUCHED_FIELD } from '@/components/form/form-names';
import type { CallLocation } from '@/lib/domain/build-session-link-request';
import { parseDegrees } from '@/lib/domain/text/degrees';
import type { Locale } from '@/lib/i18n/routing';
import type { FormExit } from '@/lib/use-cases/customer/save-partial-form';
import type { SubmitForm } from '@/lib/use-cases/customer/submit-application';

/** Reads whether and how a form was left half filled. Without script, the form does not say whether it was changed. */
export function readFormExit(form: FormData): FormExit | undefined {
  if (getLeaveTarget(form) === undefined) return undefined;
  const touchedFlag = form.get(TOUCHED_FIELD);
  return { isTouched: touchedFlag === null ? undefined : touchedFlag !== '0' };
}

export function readSubmitForm(locale: Locale, form: FormData): SubmitForm {
  const consentHash = form.get(CONSENT_FIELD);
  return {
    locale,
    consentHash: typeof consentHash === 'string' ? consentHash : undefined,
    callLocation: readCallLocation(form),
  };
}

function readCallLocation(form: FormData): CallLocation | undefined {
  const read = (name: string, limit: number) => parseDegrees(String(form.get(name) ?? ''), limit);
  const latitude = read('callLocationLatitude', 90);
  const longitude = read('callLocationLongitude', 180);
  return latitude === undefined || longitude === undefined ? undefined : { latitude, longitude };
}
