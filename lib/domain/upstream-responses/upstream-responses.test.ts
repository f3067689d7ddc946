import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import en from '../../i18n/messages/en.json' with { type: 'json' };
import es from '../../i18n/messages/es.json' with { type: 'json' };
import { getStep } from '../steps/index.ts';
import { SUBMISSION_STATES } from '../submission.ts';
import {
  CORRECTABLE_FIELDS,
  ERROR_CODE_TARGETS,
  getCorrectableField,
  HTTP_STATUS_TARGETS,
  STATUS_DETAIL_TARGETS,
  USER_STATUS_TARGETS,
} from './catalogue.ts';
import { classifyResponse, type UpstreamResult } from './classify-response.ts';
import { getSubmissionView, isPendingView } from './submission-view.ts';

const createResult = (
  status: number,
  rest: Partial<Extract<UpstreamResult, { kind: 'answered' }>> = {},
): UpstreamResult => ({
  kind: 'answered',
  status,
  ...rest,
});

test.each([
  [200, 'succeeded', { link: 'https://links.example/a' }],
  [201, 'succeeded', { link: 'https://links.example/a' }],
  [200, 'ambiguous', {}],
  [200, 'ambiguous', { hasUnsafeLink: true }],
  [200, 'ambiguous', { hasUnsafeLink: true, statusDetail: 'OfacFailed' }],
  [202, 'ambiguous', {}],
  [204, 'ambiguous', {}],
  [301, 'ambiguous', {}],
  [302, 'ambiguous', {}],
  [400, 'refused', {}],
  [400, 'refused', { code: 'SOMETHING_NEW' }],
  [400, 'refused', { code: 'toString' }],
  [401, 'not-sent', {}],
  [403, 'not-sent', {}],
  [404, 'not-sent', {}],
  [405, 'not-sent', {}],
  [408, 'ambiguous', {}],
  [409, 'refused', {}],
  [410, 'not-sent', {}],
  [413, 'not-sent', {}],
  [415, 'not-sent', {}],
  [418, 'ambiguous', {}],
  [422, 'refused', {}],
  [429, 'not-sent', {}],
  [451, 'refused', {}],
  [500, 'ambiguous', {}],
  [500, 'ambiguous', { retryAfterMs: 1 }],
  [502, 'ambiguous', {}],
  [503, 'ambiguous', {}],
  [503, 'not-sent', { retryAfterMs: 1 }],
  [504, 'ambiguous', {}],
  [599, 'ambiguous', {}],
] as const)('HTTP %i is %s with %j', (status, state, rest) => {
  expect(classifyResponse(createResult(status, rest)).state).toBe(state);
});

test('what never left may be repeated, what the door refuses may not, what is busy says when', () => {
  expect(classifyResponse({ kind: 'failed', sent: false, cause: 'ECONNREFUSED' })).toMatchObject({ repeatAfterMs: 0 });
  expect(classifyResponse({ kind: 'failed', sent: true, cause: 'ECONNRESET' })).toMatchObject({ state: 'ambiguous' });
  expect(classifyResponse({ kind: 'failed', sent: false, cause: 'ERR_TLS_CERT_ALTNAME_INVALID' })).toMatchObject({
    isOurFault: true,
  });
  for (const status of [401, 403, 404]) {
    expect(classifyResponse(createResult(status))).toMatchObject({ repeatAfterMs: undefined, isOurFault: true });
  }
  expect(classifyResponse(createResult(429, { retryAfterMs: 3_000 }))).toMatchObject({
    repeatAfterMs: 3_000,
    isOurFault: false,
  });
  expect(classifyResponse(createResult(429))).toMatchObject({ repeatAfterMs: undefined });
});

test('the target of a rejection is the field to correct, or the neutral page', () => {
  expect(classifyResponse(createResult(400, { code: 'INVALID_PHONE_NUMBER' }))).toMatchObject({ target: 'phone' });
  expect(classifyResponse(createResult(400, { code: 'ERROR_INVALID_TENANT' }))).toMatchObject({
    state: 'not-sent',
    isOurFault: true,
  });
  expect(classifyResponse(createResult(400, { code: 'ERROR_USER_ALREADY_ENROLLED' }))).toMatchObject({
    target: 'refused',
    isDuplicate: true,
  });
  expect(classifyResponse(createResult(409))).toMatchObject({ target: 'refused', isDuplicate: true });
});

test('screening, an existing person and an unknown refusal look the same', () => {
  const neutral = [
    ...['Compliance', 'ComplianceBlocked', 'OfacFailed'].map((statusDetail) => createResult(200, { statusDetail })),
    ...['ERROR_OFAC_NOT_VALID', 'ERROR_USER_ALREADY_ENROLLED', 'ERROR_DUPLICATED_PHONE', 'NEW'].map((code) =>
      createResult(400, { code }),
    ),
    createResult(400),
    createResult(409),
    createResult(451),
  ].map(classifyResponse);
  for (const responseClass of neutral) expect(responseClass).toMatchObject({ state: 'refused', target: 'refused' });
});

test('with a link every status goes on in the widget, screening included: nothing is told here', () => {
  for (const statusDetail of [...Object.keys(STATUS_DETAIL_TARGETS), 'SomethingNew']) {
    expect(classifyResponse(createResult(200, { statusDetail, link: 'https://links.example/a' }))).toMatchObject({
      state: 'succeeded',
    });
  }
});

test.each([
  ['English', en],
  ['Spanish', es],
])('every owner has words in %s, and the fields exist', (_language, messages) => {
  for (const target of [
    ...Object.values(ERROR_CODE_TARGETS),
    ...Object.values(HTTP_STATUS_TARGETS),
    ...Object.values(STATUS_DETAIL_TARGETS),
  ]) {
    const correctableField = getCorrectableField(target);
    if (!correctableField) {
      expect(['refused', 'unavailable', 'checking', 'link']).toContain(target);
      continue;
    }
    expect(getStep(correctableField.step).fields).toContain(correctableField.field);
    const text = correctableField.error
      .split('.')
      .reduce<unknown>((part, name) => (part as Record<string, unknown>)?.[name], messages.errors);
    expect(typeof text, correctableField.error).toBe('string');
  }
  const words: Record<string, unknown> = messages.outcome;
  expect(words.held).toMatchObject({ title: expect.any(String), text: expect.stringContaining('{minutes}') });
  for (const state of SUBMISSION_STATES) {
    for (const isBusy of [true, false]) {
      for (const link of ['x', undefined]) {
        expect(words[getSubmissionView({ state, isBusy, link })]).toMatchObject({
          title: expect.any(String),
          text: expect.any(String),
        });
      }
    }
  }
  expect(getCorrectableField('toString')).toBeUndefined();
  expect(Object.keys(CORRECTABLE_FIELDS).length).toBeGreaterThan(0);
});

test('only what can change by itself is waited for', () => {
  const waits = SUBMISSION_STATES.filter((state) =>
    isPendingView(getSubmissionView({ state, isBusy: false, link: undefined })),
  );
  expect(waits).toEqual(['sending', 'ambiguous', 'reconciling']);
});

/** Every documented value of an answer. */
const VENDOR_VALUES = {
  codes: [
    'ERROR_INVALID_TENANT',
    'ERROR_INVALID_COUNTRY_CODE',
    'ERROR_INVALID_SCHEMA',
    'ERROR_INVALID_DATE_OF_BIRTH',
    'ERROR_USER_ALREADY_ENROLLED',
    'INVALID_PHONE_NUMBER',
    'ERROR_COUNTRY_NOT_SUPPORTED',
    'ERROR_INVALID_EMAIL_FORMAT',
    'ERROR_USER_NOT_FOUND',
    'USER_NOT_FOUND',
    'INVALID_TENANT',
    'UBN_VALIDATION_ERROR',
    'UBN_ALREADY_ADDED',
    'PAYMENTMETHOD_ALREADY_EXISTS',
    'ERROR_SUBSCRIBER_NOT_FOUND',
    'ERROR_PAYMENT_METHOD_NOT_FOUND',
    'ERROR_NAME_NOT_PROVIDED',
    'ERROR_INVALID_NAME',
    'ERROR_COUNTRY_NOT_PROVIDED',
    'ERROR_DUPLICATED_PHONE',
    'ERROR_INVALID_JWE_PAYLOAD',
    'ERROR_CIP_NOT_COMPLETED',
    'ERROR_INTERNAL_SERVER_ERROR',
    'ERROR_ID_SCAN_DATE_EXPIRED',
    'ERROR_OFAC_NOT_VALID',
    'ERROR_FACE_MATCH_NOT_VALID',
    'ERROR_PHOTO_SCAN_ID_REQUIRED',
    'ERROR_OCR_PROFILE_MATCH_NOT_VALID',
  ],
  details: [
    'None',
    'InvalidAddress',
    'InvalidEMail',
    'UnreadableDoc',
    'ProvideAdditionalInfo',
    'InvalidPersonalData',
    'OtpPrivacyMissing',
    'OtpContractMissing',
    'Compliance',
    'ComplianceBlocked',
    'OfacFailed',
  ],
  statuses: [
    'Completed',
    'UpgradePending',
    'UpgradeInProgress',
    'UpgradeFailed',
    'UpgradeSoftFailed',
    'AccountUpgradeInProgress',
    'OnProcess',
    'Pending',
    'Success',
    'Failed',
  ],
  http: [400, 401, 403, 404, 409, 413, 422, 429],
};

test('every documented value has a target', () => {
  expect(VENDOR_VALUES.codes.filter((code) => !Object.hasOwn(ERROR_CODE_TARGETS, code))).toEqual([]);
  expect(VENDOR_VALUES.details.filter((detail) => !Object.hasOwn(STATUS_DETAIL_TARGETS, detail))).toEqual([]);
  expect(VENDOR_VALUES.statuses.filter((status) => !Object.hasOwn(USER_STATUS_TARGETS, status))).toEqual([]);
  expect(VENDOR_VALUES.http.filter((status) => !Object.hasOwn(HTTP_STATUS_TARGETS, status))).toEqual([]);
});

describe('docs/vendor-notes.md', () => {
  const notes = readFileSync('docs/vendor-notes.md', 'utf8');
  const getSection = (from: string, to: string) => notes.slice(notes.indexOf(from), notes.indexOf(to));
  const findQuoted = (text: string, pattern: RegExp) =>
    [...new Set([...text.matchAll(pattern)].map(([, value = '']) => value))].sort();
  const getRow = (name: string) => notes.split('\n').find((line) => line.startsWith(`| \`${name}\``)) ?? '';
  const listCells = (name: string) => findQuoted(getRow(name).split('|')[2] ?? '', /`([A-Za-z]+)`/g);

  test('lists these codes', () => {
    const codes = findQuoted(getSection('| Subject | Codes |', '## 4.'), /`([A-Z_]{9,})`/g);
    expect(codes).toEqual([...VENDOR_VALUES.codes].sort());
  });

  test('lists these statuses and details', () => {
    expect(listCells('status')).toEqual([...VENDOR_VALUES.statuses].sort());
    expect(listCells('statusDetail')).toEqual([...VENDOR_VALUES.details].sort());
  });

  test('lists these HTTP statuses', () => {
    const statuses = findQuoted(getSection('| HTTP status |', '| Subject | Codes |'), /`(\d{3})`/g).map(Number);
    expect(statuses).toEqual(VENDOR_VALUES.http);
  });
});
