import type { StepId } from '../steps/index.ts';

// Targets of the vendor's answers: the field that the customer can correct, or a page. Values: docs/vendor-notes.md#3-raas-errors
// and docs/vendor-notes.md#2-raas-response; meanings that are not published are read by name.

/** A field that the customer can correct. `error` is a key under `errors` in the messages. */
export type CorrectableField = { step: StepId; field: string; error: string };

export const CORRECTABLE_FIELDS = {
  dob: { step: 'identity', field: 'dob.day', error: 'dob.refused' },
  phone: { step: 'identity', field: 'phoneNumber', error: 'phoneNumber.refused' },
  email: { step: 'identity', field: 'email', error: 'email.refused' },
  name: { step: 'identity', field: 'firstName', error: 'firstName.refused' },
  account: { step: 'payment', field: 'ubnParams.number', error: 'ubnParams.number.refused' },
} as const satisfies Record<string, CorrectableField>;

/** Outcomes of refusals after which the customer can correct a field and submit again. Every other refusal is final. */
export const CORRECTABLE_OUTCOMES: readonly string[] = Object.keys(CORRECTABLE_FIELDS);

/** Pages: `refused` is neutral, `unavailable` says that nothing was sent, `checking` polls. */
export type ErrorTarget = keyof typeof CORRECTABLE_FIELDS | 'refused' | 'unavailable' | 'checking' | 'link';

/**
 * Targets by error code. The neutral page covers codes that reveal a registration or a screening, and codes that are not
 * listed.
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

  // The operator has to correct these. The vendor rejected the call before any work.
  ERROR_INVALID_TENANT: 'unavailable',
  INVALID_TENANT: 'unavailable',
  ERROR_INVALID_JWE_PAYLOAD: 'unavailable',

  ERROR_INTERNAL_SERVER_ERROR: 'checking',
};

/** The user existed before the call, perhaps through an earlier ambiguous one. */
export const DUPLICATE_CODES: ReadonlySet<string> = new Set(['ERROR_USER_ALREADY_ENROLLED', 'ERROR_DUPLICATED_PHONE']);

/** HTTP statuses whose meaning does not depend on the body. Any other status is ambiguous (`checking`). */
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

/** `statusDetail` of an answer without a link. With a link, the page behind it explains what is missing. */
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

/** `status` of an answer with a link: the page behind the link continues in every case. */
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

/** Progress of an existing user's enrolment, as agents see it (docs/vendor-notes.md#2-raas-response). */
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

/** Returns the field that the customer can correct after a rejection, if there is one. */
export function getCorrectableField(target: string | undefined): CorrectableField | undefined {
  return target !== undefined && Object.hasOwn(CORRECTABLE_FIELDS, target)
    ? CORRECTABLE_FIELDS[target as keyof typeof CORRECTABLE_FIELDS]
    : undefined;
}
