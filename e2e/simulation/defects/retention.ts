import type { Defect } from './defect.ts';

const COMPLETE = 'lib/store/submissions/complete.ts';
const EXPIRE = 'lib/store/submissions/expire.ts';
const RULES = 'lib/store/retention/submission-rules.ts';

/** Of what is kept, and for how long. */
export const RETENTION_DEFECTS: readonly Defect[] = [
  {
    name: 'retention deletes claims that have not run out',
    file: RULES,
    text: 'claims.until, () => lt(claims.until, now()))',
    replacement: 'claims.until, () => undefined)',
  },
  {
    name: 'retention ends submissions that may still be sent',
    file: EXPIRE,
    text: 'IS_DUE, not(hasDraft))',
    replacement: 'IS_DUE)',
  },
  {
    name: 'a delivered draft keeps its answers',
    file: COMPLETE,
    text: '    also: clearDraft,\n',
    replacement: '',
  },
  {
    name: 'a submission that has ended keeps its answers',
    file: COMPLETE,
    text: '      sealedPayload: null,\n',
    replacement: '',
  },
  {
    name: 'retention refuses submissions that have ended',
    file: EXPIRE,
    text: 'and(isUndecided, IS_DUE,',
    replacement: 'and(IS_DUE,',
  },
  {
    name: 'retention ends submissions that are not received',
    file: EXPIRE,
    text: 'and(IS_RECEIVED, IS_DUE, not(',
    replacement: 'and(IS_DUE, not(',
  },
  {
    name: 'retention empties answers that may still be sent',
    file: RULES,
    text: 'and(isNotNull(submissions.sealedPayload), HAS_ENDED),',
    replacement: 'isNotNull(submissions.sealedPayload),',
  },
];
