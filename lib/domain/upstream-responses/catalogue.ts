import type { StepId } from '../steps/index.ts';

// Every answer of the vendor that means something to us, each with one owner: the field that can mend it, or a page.
// Values and their places are the contract's (sections 1.2 to 1.4 and 5); what is not published is read by name.

/** A question that the customer can answer anew. `error` is a key under `errors` in the messages. */
export type CorrectableField = { step: StepId; field: string; error: string };

export const CORRECTABLE_FIELDS = {
  dob: { step: 'identity', field: 'dob.day', error: 'dob.refused' },
  phone: { step: 'identity', field: 'phoneNumber', error: 'phoneNumber.refused' },
  email: { step: 'identity', field: 'email', error: 'email.refused' },
  name: { step: 'identity', field: 'firstName', error: 'firstName.refused' },
  account: { step: 'payment', field: 'ubnParams.number', error: 'ubnParams.number.refused' },
} as const satisfies Record<string, CorrectableField>;

/** Pages: `refused` speaks neutrally, `unavailable` says that nothing was sent, `checking` goes on looking. */
export type ErrorTarget = keyof typeof CORRECTABLE_FIELDS | 'refused' | 'unavailable' | 'checking' | 'link';

/**
 * Error codes. Both spellings of a code are listed where the vendor uses both. Whatever could tell who is already
 * registered, or what a screening found, is owned by the one neutral page; so is any code that is not listed.
 */
export const ERROR_CODE_TARGETS: Readonly<Record<string, ErrorTarget>> = {
  ERROR_INVALID_DATE_OF_BIRTH: 'dob',
  INVALID_PHONE_NUMBER: 'phone',
  ERROR_COUNTRY_NOT_SUPPORTED: 'phone',
  ERROR_INVALID_EMAIL_FORMAT: 'email',
  ERROR_NAME_NOT_PROVIDED: 'name',
  ERROR_INVALID_NAME: 'name',
  UBN_VALIDATION_ERROR: 'account',
  UBN_ALREADY_ADDED: 'account',
  PAYMENTMETHOD_ALREADY_EXISTS: 'account',

  ERROR_INVALID_SCHEMA: 'refused',
  ERROR_INVALID_COUNTRY_CODE: 'refused',
  ERROR_COUNTRY_NOT_PROVIDED: 'refused',
  ERROR_USER_ALREADY_ENROLLED: 'refused',
  ERROR_DUPLICATED_PHONE: 'refused',
  ERROR_USER_NOT_FOUND: 'refused',
  USER_NOT_FOUND: 'refused',
  ERROR_SUBSCRIBER_NOT_FOUND: 'refused',
  ERROR_PAYMENT_METHOD_NOT_FOUND: 'refused',
  ERROR_CIP_NOT_COMPLETED: 'refused',
  ERROR_ID_SCAN_DATE_EXPIRED: 'refused',
  ERROR_OFAC_NOT_VALID: 'refused',
  ERROR_FACE_MATCH_NOT_VALID: 'refused',
  ERROR_PHOTO_SCAN_ID_REQUIRED: 'refused',
  ERROR_OCR_PROFILE_MATCH_NOT_VALID: 'refused',

  // Ours or the operator's to mend. The call was turned away before any work.
  ERROR_INVALID_TENANT: 'unavailable',
  INVALID_TENANT: 'unavailable',
  ERROR_INVALID_JWE_PAYLOAD: 'unavailable',

  ERROR_INTERNAL_SERVER_ERROR: 'checking',
};

/** The codes that say that this person was there before: after an earlier call of unknown fate, perhaps through it. */
export const DUPLICATE_CODES: ReadonlySet<string> = new Set(['ERROR_USER_ALREADY_ENROLLED', 'ERROR_DUPLICATED_PHONE']);

/** HTTP statuses whose meaning does not depend on the body. Any other one is of unknown fate: `checking`. */
export const HTTP_STATUS_TARGETS: Readonly<Record<number, ErrorTarget>> = {
  400: 'refused',
  401: 'unavailable',
  403: 'unavailable',
  404: 'unavailable',
  405: 'unavailable',
  409: 'refused',
  410: 'unavailable',
  413: 'unavailable',
  415: 'unavailable',
  422: 'refused',
  429: 'unavailable',
  451: 'refused',
};

/** `statusDetail` of an answer without a link. With a link, the widget behind it explains what is missing. */
export const STATUS_DETAIL_TARGETS: Readonly<Record<string, ErrorTarget>> = {
  None: 'checking',
  InvalidAddress: 'checking',
  InvalidEMail: 'checking',
  UnreadableDoc: 'checking',
  ProvideAdditionalInfo: 'checking',
  InvalidPersonalData: 'checking',
  OtpPrivacyMissing: 'checking',
  OtpContractMissing: 'checking',
  Compliance: 'refused',
  ComplianceBlocked: 'refused',
  OfacFailed: 'refused',
};

/** `status` of an answer with a link: all of them go on in the widget, which knows what is left to do. */
export const USER_STATUS_TARGETS = {
  Completed: 'link',
  Pending: 'link',
  OnProcess: 'link',
  Success: 'link',
  Failed: 'link',
  UpgradePending: 'link',
  UpgradeInProgress: 'link',
  AccountUpgradeInProgress: 'link',
  UpgradeFailed: 'link',
  UpgradeSoftFailed: 'link',
} as const satisfies Record<string, ErrorTarget>;

/** How far the enrolment of somebody who is there has come, as an agent may tell them (contract, section 5.1). */
export const ENROLMENT_STATES = ['done', 'running', 'mendable', 'stopped', 'unclear'] as const;
export type EnrolmentState = (typeof ENROLMENT_STATES)[number];

const ENROLMENT_STATE_BY_STATUS: Readonly<Record<keyof typeof USER_STATUS_TARGETS, EnrolmentState>> = {
  Completed: 'done',
  Success: 'done',
  Pending: 'running',
  OnProcess: 'running',
  UpgradePending: 'running',
  UpgradeInProgress: 'running',
  AccountUpgradeInProgress: 'running',
  UpgradeSoftFailed: 'mendable',
  UpgradeFailed: 'stopped',
  Failed: 'stopped',
};

export const getEnrolmentState = (status: string | undefined): EnrolmentState =>
  status !== undefined && Object.hasOwn(ENROLMENT_STATE_BY_STATUS, status)
    ? ENROLMENT_STATE_BY_STATUS[status as keyof typeof USER_STATUS_TARGETS]
    : 'unclear';

/** The question that can mend a refusal, if one can. */
export function getCorrectableField(target: string | undefined): CorrectableField | undefined {
  return target !== undefined && Object.hasOwn(CORRECTABLE_FIELDS, target)
    ? CORRECTABLE_FIELDS[target as keyof typeof CORRECTABLE_FIELDS]
    : undefined;
}
