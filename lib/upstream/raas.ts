import * as z from 'zod/mini';
import type { SessionLinkRequest } from '../domain/session-link-request.ts';
import type { Reply } from '../domain/upstream-responses/judge.ts';
import { type LinkRules, readLink } from './link.ts';
import type { Answer, Sent, Transport } from './transport.ts';

/** A look at who is there. `failed` is no answer worth anything; `isDenied` when the key may not look at all. */
export type UserLookup =
  | { kind: 'present'; userId: string; status?: string | undefined }
  | { kind: 'absent' }
  | { kind: 'failed'; isDenied: boolean; cause: string };

/** Leap Financial RaaS: the three endpoints that a front door needs. `within` is in milliseconds. */
export type Raas = {
  createSessionLink: (request: SessionLinkRequest, within: number, canSend?: () => boolean) => Promise<Reply>;
  findUser: (phoneNumber: string, within: number) => Promise<UserLookup>;
  enrolledSessionLink: (userId: string, within: number) => Promise<Reply>;
};

const text = z.optional(z.catch(z.optional(z.string()), undefined));
/** Nothing but a link is promised (contract, section 1.2) and errors may lack a code or be no JSON at all. */
const answerSchema = z.object({ link: text, code: text, statusDetail: text });
const userSchema = z.object({ userId: z.string().check(z.regex(/^[\w.~-]{1,200}$/)), status: text });

const MISSING = new Set(['ERROR_USER_NOT_FOUND', 'USER_NOT_FOUND']);

export function raasClient(transport: Transport, links: LinkRules, now: () => Date): Raas {
  return {
    /** `POST /v1/auth/sessionlink-v2`. Not idempotent: the caller makes it once per claim, while `canSend` says so. */
    async createSessionLink(request, within, canSend = () => true) {
      const path = '/auth/sessionlink-v2';
      const sent = await transport({ method: 'POST', path, payload: request, within, canSend });
      return readReply(sent, links, now());
    },

    /**
     * `POST /v1/auth/get-user-token-v2`, by phone only: with an e-mail beside it, the phone would be ignored (contract,
     * section 6.2). A read, in spite of its method.
     */
    async findUser(phoneNumber, within) {
      const path = '/auth/get-user-token-v2';
      const sent = await transport({ method: 'POST', path, payload: { phoneNumber }, within });
      if ('failure' in sent) return { kind: 'failed', isDenied: false, cause: sent.failure.cause };
      const { status, body } = sent.answer;
      const user = status === 200 ? userSchema.safeParse(body).data : undefined;
      if (user) return { kind: 'present', ...user };
      const code = answerSchema.safeParse(body).data?.code;
      if (status === 404 && code !== undefined && MISSING.has(code)) return { kind: 'absent' };
      return { kind: 'failed', isDenied: status === 401 || status === 403, cause: `HTTP ${status}` };
    },

    /** `GET /v1/auth/sessionlink-v4/{userToken}`: the way back in of somebody who is there. Whose it is must be proved. */
    async enrolledSessionLink(userId, within) {
      const path = `/auth/sessionlink-v4/${encodeURIComponent(userId)}`;
      return readReply(await transport({ method: 'GET', path, within }), links, now());
    },
  };
}

function readReply(sent: Sent, links: LinkRules, now: Date): Reply {
  if ('failure' in sent) return { kind: 'failed', ...sent.failure };
  const { status, body, retryAfter }: Answer = sent.answer;
  const { link: given, code, statusDetail } = answerSchema.safeParse(body).data ?? {};
  const link = given === undefined ? undefined : readLink(given, links);
  return {
    ...{ kind: 'answered', status, code, statusDetail, link },
    hasUnsafeLink: given !== undefined && link === undefined,
    retryAfterMs: retryAfter === undefined ? undefined : readRetryAfter(retryAfter, now),
  };
}

/** RFC 9110, section 10.2.3: seconds or a date. Undefined when it is neither. */
function readRetryAfter(value: string, now: Date): number | undefined {
  if (/^\d{1,6}$/.test(value)) return Number(value) * 1_000;
  const at = /^[A-Z][a-z]{2}, \d{2} /.test(value) ? Date.parse(value) : Number.NaN;
  return Number.isNaN(at) ? undefined : Math.max(0, at - now.getTime());
}
