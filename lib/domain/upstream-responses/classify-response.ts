import {
  DUPLICATE_CODES,
  ERROR_CODE_TARGETS,
  type ErrorTarget,
  HTTP_STATUS_TARGETS,
  STATUS_DETAIL_TARGETS,
} from './catalogue.ts';

/** Result of one call, from the transport and the parser. */
export type UpstreamResult =
  | {
      kind: 'answered';
      status: number;
      /** The vendor's machine-readable code. */
      code?: string | undefined;
      statusDetail?: string | undefined;
      /** A validated link. */
      link?: string | undefined;
      /** The answer had a link that failed validation. */
      hasUnsafeLink?: boolean;
      /** `Retry-After` in milliseconds, if readable. */
      retryAfterMs?: number | undefined;
    }
  /** No answer. `sent`: a byte may have left. */
  | { kind: 'failed'; sent: boolean; cause: string };

export type ResponseClass =
  | { state: 'succeeded'; link: string }
  | { state: 'refused'; target: ErrorTarget; isDuplicate: boolean; cause: string }
  /** Not processed. `repeatAfterMs` is set when the call may be repeated soon. */
  | { state: 'not-sent'; isOurFault: boolean; repeatAfterMs: number | undefined; cause: string }
  | { state: 'ambiguous'; isOurFault: boolean; cause: string };

/**
 * Classifies an answer to `sessionlink-v2` for the ledger. It is ambiguous unless it proves that the call was not processed:
 * the call is not idempotent (RFC 9110, section 9.2.2).
 */
export function classifyResponse(result: UpstreamResult): ResponseClass {
  if (result.kind === 'failed') {
    if (result.sent) return { state: 'ambiguous', isOurFault: false, cause: result.cause };
    return { state: 'not-sent', isOurFault: isTlsFault(result.cause), repeatAfterMs: 0, cause: result.cause };
  }
  const { status, link, retryAfterMs } = result;
  if (status >= 200 && status < 300) return link ? { state: 'succeeded', link } : classifyMissingLink(result);
  const isBusy = status === 429 || (status === 503 && retryAfterMs !== undefined);
  if (isBusy) {
    return { state: 'not-sent', isOurFault: false, repeatAfterMs: retryAfterMs, cause: `HTTP ${status}` };
  }
  const target = HTTP_STATUS_TARGETS[status] ?? 'checking';
  return target === 'refused' ? classifyRejection(result) : toResponseClass(target, result, `HTTP ${status}`);
}

type AnsweredResult = Extract<UpstreamResult, { kind: 'answered' }>;

/** A 4xx that rejects the data; its code names the field to correct. */
function classifyRejection(result: AnsweredResult): ResponseClass {
  const { status, code } = result;
  const isKnownCode = code !== undefined && Object.hasOwn(ERROR_CODE_TARGETS, code);
  return toResponseClass(
    (isKnownCode && ERROR_CODE_TARGETS[code]) || 'refused',
    result,
    isKnownCode ? `HTTP ${status} ${code}` : `HTTP ${status}`,
  );
}

/** The user was created and the link is lost, unless the answer rejects the person. */
function classifyMissingLink(result: AnsweredResult): ResponseClass {
  const { status, statusDetail = '', hasUnsafeLink = false } = result;
  const target = Object.hasOwn(STATUS_DETAIL_TARGETS, statusDetail) ? STATUS_DETAIL_TARGETS[statusDetail] : 'checking';
  if (target === 'refused' && !hasUnsafeLink)
    return toResponseClass('refused', result, `HTTP ${status} without a link`);
  const cause = hasUnsafeLink ? 'unsafe link' : `HTTP ${status} without a link`;
  return { state: 'ambiguous', isOurFault: hasUnsafeLink, cause };
}

function toResponseClass(target: ErrorTarget, { status, code }: AnsweredResult, cause: string): ResponseClass {
  if (target === 'unavailable') return { state: 'not-sent', isOurFault: true, repeatAfterMs: undefined, cause };
  if (target === 'checking') return { state: 'ambiguous', isOurFault: status < 500, cause };
  return { state: 'refused', target, isDuplicate: status === 409 || DUPLICATE_CODES.has(code ?? ''), cause };
}

const isTlsFault = (cause: string) => /^(ERR_SSL|ERR_TLS|CERT_|DEPTH_ZERO|UNABLE_TO|SELF_SIGNED)/.test(cause);
