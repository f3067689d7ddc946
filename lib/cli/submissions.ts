/** `npm run submissions -- list | show <reference> | resolve <reference> delivered|refused|again` */
import type { ConsentRecord } from '../domain/submission.ts';
import { getReference } from '../domain/text/ids.ts';
import { getStore } from '../store/store.ts';
import { LIST_ROWS, type OpenSubmission, type SubmissionOverview } from '../store/submission-admin.ts';
import { DECISIONS, type Decision } from '../store/submissions/resolve.ts';
import { runCommand } from './run-command.ts';

const USAGE = `Usage:
  npm run submissions -- list                          what waits for a person or is being found out
  npm run submissions -- show <reference>              what happened to one
  npm run submissions -- resolve <reference> <verdict> ends a parked one:
      delivered   the customer was helped some other way
      refused     the customer cannot be served; the page says so in neutral words
      again       nothing had arrived, which is certain: the customer may send again
With the embedded database the server must be stopped first.`;

const PROBLEMS = {
  'not-parked': 'It is not parked: nothing was changed.',
  'phone-held': 'Another submission with the same phone is under way: nothing was changed. Resolve that one first.',
};

const formatOverview = ({ id, state, attempt, createdAt, updatedAt }: SubmissionOverview) =>
  [getReference(id), state.padEnd(11), `calls ${attempt}`, createdAt.toISOString(), updatedAt.toISOString()].join('  ');

const formatListEntry = (open: OpenSubmission) =>
  open.unreadable.length > 0
    ? `${formatOverview(open)}  unreadable: ${open.unreadable.join(', ')}`
    : formatOverview(open);

const UNREADABLE = `Some rows cannot be decrypted with the configured keys (npm run keys -- status). The console does not list a submission
whose case is unreadable.`;

const formatConsent = ({ version, hash, lang, at: agreedAt, actor }: ConsentRecord) =>
  `  agreed  ${agreedAt}  ${actor}, ${lang}, version ${version}, SHA-256 ${hash}`;

const isDecision = (text: string | undefined): text is Decision => text !== undefined && Object.hasOwn(DECISIONS, text);

/** Runs one command. @returns the exit code */
async function runSubmissionsCommand([command, reference, verdict]: readonly string[]): Promise<number> {
  const isShow = command === 'show' && reference;
  const isResolve = command === 'resolve' && reference && isDecision(verdict);
  if (command !== 'list' && !isShow && !isResolve) {
    console.error(USAGE);
    return 2;
  }
  const { submissionAdmin, close } = await getStore();
  try {
    if (command === 'list') {
      const rows = await submissionAdmin.list();
      console.log(rows.length > 0 ? rows.map(formatListEntry).join('\n') : 'Nothing waits.');
      if (rows.length === LIST_ROWS) console.log(`These are the oldest ${LIST_ROWS}; there may be more.`);
      if (rows.some(({ unreadable }) => unreadable.length > 0)) console.error(UNREADABLE);
      return 0;
    }
    const [submission, ...more] = await submissionAdmin.find(reference ?? '');
    if (!submission || more.length > 0) {
      console.error(submission ? 'More than one begins like this.' : 'No such submission.');
      return 1;
    }
    console.log(formatOverview(submission));
    if (submission.consent) console.log(formatConsent(submission.consent));
    const resolution = isResolve ? await submissionAdmin.resolve(submission.id, verdict) : 'resolved';
    if (resolution !== 'resolved') {
      console.error(PROBLEMS[resolution]);
      return 1;
    }
    for (const { at: changedAt, state, attempt, actor, cause } of await submissionAdmin.listHistory(submission.id)) {
      console.log(
        `  ${changedAt.toISOString()}  ${state.padEnd(11)}  call ${attempt}  ${actor}${cause ? `: ${cause}` : ''}`,
      );
    }
    return 0;
  } finally {
    await close();
  }
}

runCommand(runSubmissionsCommand);
