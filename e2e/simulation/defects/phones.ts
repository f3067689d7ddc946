import type { Defect } from './defect.ts';

const STATEMENTS = 'lib/store/ledger-statements.ts';
const PHONE_CLAIMS = 'lib/store/phone-claims.ts';

/** Of the claim on a phone, and of what other drafts with the same phone do. */
export const PHONES_DEFECTS: readonly Defect[] = [
  {
    name: 'a draft keeps and frees the phone that another one has',
    file: PHONE_CLAIMS,
    text: 'eq(claims.draftId, draftId)',
    replacement: 'eq(draftId, draftId)',
  },
  {
    name: 'what is refused keeps its phone',
    file: PHONE_CLAIMS,
    text: '  refused: freePhone,',
    replacement: '',
  },
  {
    name: 'a claim on a phone runs out while its call is made',
    file: STATEMENTS,
    text: 'fromNow(lease + hold), fromNow(hold)]',
    replacement: 'AT, fromNow(hold)]',
  },
  {
    name: 'a phone is released at once after a lost answer',
    file: STATEMENTS,
    text: 'fromNow(lease + hold), fromNow(hold)]',
    replacement: 'fromNow(lease + hold), AT]',
  },
  {
    name: 'a claim on a phone is released before it has run out',
    file: STATEMENTS,
    text: 'and(isOtherClaim, lt(claims.until, AT))',
    replacement: 'isOtherClaim',
  },
  {
    name: 'a call that was never sent holds its phone like a lost one',
    file: STATEMENTS,
    text: '          changePhone: keepPhone(receivedUntil),\n',
    replacement: '          changePhone: () => [],\n',
  },
  {
    name: 'what is proved absent holds its phone like a lost call',
    file: STATEMENTS,
    text: 'reconciled: oneMore(submissions.reconciled) },\n      { changePhone: keepPhone(receivedUntil) },',
    replacement: 'reconciled: oneMore(submissions.reconciled) },\n      { changePhone: () => [] },',
  },
];
