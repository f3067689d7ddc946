import * as z from 'zod/mini';
import type { SessionLinkRequest } from '../domain/session-link-request.ts';
import type { UpstreamResult } from '../domain/upstream-responses/classify-response.ts';
import { type SessionLinkRules, validateSessionLink } from './session-link.ts';
import type { Transport, TransportResponse, TransportResult } from './transport.ts';

/** Result of a user lookup. `isDenied`: the API key has no right to look users up. */
export type UserLookup =
  | { kind: 'present'; userId: string; status?: string | undefined }
  | { kind: 'absent' }
  | { kind: 'failed'; isDenied: boolean; cause: string };

/** Client of Leap Financial RaaS. */
export type RaasClient = {
  createSessionLink: (
    request: SessionLinkRequest,
    timeoutMs: number,
    canSend?: () => boolean,
  ) => Promise<UpstreamResult>;
  findUser: (phoneNumber: string, timeoutMs: number) => Promise<UserLookup>;
  getEnrolledSessionLink: (userId: string, timeoutMs: number) => Promise<UpstreamResult>;
};

const textSchema = z.optional(z.catch(z.optional(z.string()), undefined));
/** Only `link` is guaranteed (docs/vendor-notes.md#2-raas-response). Errors may lack a code or be no JSON. */
const answerSchema = z.object({ link: textSchema, code: textSchema, statusDetail: textSchema });
const userSchema = z.object({ userId: z.string().check(z.regex(/^[\w.~-]{1,200}$/)), status: textSchema });

const USER_NOT_FOUND_CODES = new Set(['ERROR_USER_NOT_FOUND', 'USER_NOT_FOUND']);

export function createRaasClient(transport: Transport, links: SessionLinkRules, now: () => Date): RaasClient {
  return {
    /** `POST /v1/auth/sessionlink-v2`. Not idempotent: the caller makes it once per claim, while `canSend` returns true. */
    async createSessionLink(request, timeoutMs, canSend = () => true) {
      const path = '/auth/sessionlink-v2';
      const result = await transport({ method: 'POST', path, payload: request, timeoutMs, canSend });
      return toUpstreamResult(result, links, now());
    },

    /**
     * `POST /v1/auth/get-user-token-v2`, by phone only: the vendor ignores the phone beside an e-mail address
     * (docs/vendor-notes.md#4-raas-user-lookup).
     */
    async findUser(phoneNumber, timeoutMs) {
      const path = '/auth/get-user-token-v2';
      const result = await transport({ method: 'POST', path, payload: { phoneNumber }, timeoutMs });
      if ('failure' in result) return { kind: 'failed', isDenied: false, cause: result.failure.cause };
      const { status, body } = result.answer;
      const user = status === 200 ? userSchema.safeParse(body).data : undefined;
      if (user) return { kind: 'present', ...user };
      const code = answerSchema.safeParse(body).data?.code;
      if (status === 404 && code !== undefined && USER_NOT_FOUND_CODES.has(code)) return { kind: 'absent' };
      return { kind: 'failed', isDenied: status === 401 || status === 403, cause: `HTTP ${status}` };
    },

    /** `GET /v1/auth/sessionlink-v4/{userToken}`. The caller must prove that the user belongs to the customer. */
    async getEnrolledSessionLink(userId, timeoutMs) {
      const path = `/auth/sessionlink-v4/${encodeURIComponent(userId)}`;
      return toUpstreamResult(await transport({ method: 'GET', path, timeoutMs }), links, now());
    },
  };
}

function toUpstreamResult(result: TransportResult, links: SessionLinkRules, now: Date): UpstreamResult {
  if ('failure' in result) return { kind: 'failed', ...result.failure };
  const { status, body, retryAfter }: TransportResponse = result.answer;
  const { link: untrustedLink, code, statusDetail } = answerSchema.safeParse(body).data ?? {};
  const link = untrustedLink === undefined ? undefined : validateSessionLink(untrustedLink, links);
  return {
    kind: 'answered',
    status,
    code,
    statusDetail,
    link,
    hasUnsafeLink: untrustedLink !== undefined && link === undefined,
    retryAfterMs: retryAfter === undefined ? undefined : parseRetryAfter(retryAfter, now),
  };
}

/** Parses seconds or a date (RFC 9110, section 10.2.3) to milliseconds from `now`. */
function parseRetryAfter(value: string, now: Date): number | undefined {
  if (/^\d{1,9}$/.test(value)) return Number(value) * 1_000;
  const retryTime = /^[A-Z][a-z]{2}, \d{2} /.test(value) ? Date.parse(value) : Number.NaN;
  return Number.isNaN(retryTime) ? undefined : Math.max(0, retryTime - now.getTime());
}
