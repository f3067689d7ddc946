import { CODES, DUPLICATES, type Owner, STATUS_DETAILS, STATUSES } from './catalogue.ts';

/** What came of one call, as the transport and the parser saw it. */
export type Reply =
  | {
      kind: 'answered';
      status: number;
      /** The vendor's code for machines, when it sent one. */
      code?: string | undefined;
      statusDetail?: string | undefined;
      /** A link that may be followed. */
      link?: string | undefined;
      /** The answer had a link that must not be followed. */
      hasUnsafeLink?: boolean;
      /** What `Retry-After` says, in milliseconds, when it says something readable. */
      retryAfterMs?: number | undefined;
    }
  /** No answer. `sent` is whether a byte may have left. */
  | { kind: 'failed'; sent: boolean; cause: string };

export type Verdict =
  | { state: 'succeeded'; link: string }
  | { state: 'refused'; owner: Owner; isDuplicate: boolean; cause: string }
  /** Not processed. `repeatAfterMs` is set when the same call may be made again soon. */
  | { state: 'not-sent'; isOurFault: boolean; repeatAfterMs: number | undefined; cause: string }
  | { state: 'ambiguous'; isOurFault: boolean; cause: string };

/**
 * What an answer to `sessionlink-v2` means for the ledger. Whatever cannot be proved not to have been processed is
 * ambiguous: the call is not idempotent (RFC 9110, section 9.2.2).
 */
export function judge(reply: Reply): Verdict {
  if (reply.kind === 'failed') {
    if (reply.sent) return { state: 'ambiguous', isOurFault: false, cause: reply.cause };
    return { state: 'not-sent', isOurFault: isTlsFault(reply.cause), repeatAfterMs: 0, cause: reply.cause };
  }
  const { status, link, retryAfterMs } = reply;
  if (status >= 200 && status < 300) return link ? { state: 'succeeded', link } : judgeWithoutLink(reply);
  const isBusy = status === 429 || (status === 503 && retryAfterMs !== undefined);
  if (isBusy) {
    return { state: 'not-sent', isOurFault: false, repeatAfterMs: retryAfterMs, cause: `HTTP ${status}` };
  }
  const owner = STATUSES[status] ?? 'checking';
  return owner === 'refused' ? judgeRefusal(reply) : byOwner(owner, reply, `HTTP ${status}`);
}

type Answered = Extract<Reply, { kind: 'answered' }>;

/** A 4xx that says no to these data: its code says who can mend it. */
function judgeRefusal(reply: Answered): Verdict {
  const { status, code } = reply;
  const known = code !== undefined && Object.hasOwn(CODES, code);
  return byOwner((known && CODES[code]) || 'refused', reply, known ? `HTTP ${status} ${code}` : `HTTP ${status}`);
}

/** The user was made and the link is lost, unless the answer says that this person is not served. */
function judgeWithoutLink(reply: Answered): Verdict {
  const { status, statusDetail = '', hasUnsafeLink = false } = reply;
  const owner = Object.hasOwn(STATUS_DETAILS, statusDetail) ? STATUS_DETAILS[statusDetail] : 'checking';
  if (owner === 'refused' && !hasUnsafeLink) return byOwner('refused', reply, `HTTP ${status} without a link`);
  const cause = hasUnsafeLink ? 'unsafe link' : `HTTP ${status} without a link`;
  return { state: 'ambiguous', isOurFault: hasUnsafeLink, cause };
}

function byOwner(owner: Owner, { status, code }: Answered, cause: string): Verdict {
  if (owner === 'unavailable') return { state: 'not-sent', isOurFault: true, repeatAfterMs: undefined, cause };
  if (owner === 'checking') return { state: 'ambiguous', isOurFault: status < 500, cause };
  return { state: 'refused', owner, isDuplicate: status === 409 || DUPLICATES.has(code ?? ''), cause };
}

const isTlsFault = (cause: string) => /^(ERR_SSL|ERR_TLS|CERT_|DEPTH_ZERO|UNABLE_TO|SELF_SIGNED)/.test(cause);
