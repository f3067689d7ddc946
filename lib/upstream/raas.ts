import * as z from 'zod/mini';
import type { SessionLinkRequest } from '../domain/session-link-request.ts';
import { type LinkRules, readLink } from './link.ts';
import type { Answer, Post } from './transport.ts';

/**
 * Leap Financial RaaS. Covered: `sessionlink-v2`. Left out for now: `get-user-token-v2` and `sessionlink-v4`, which
 * settle a call of unknown fate.
 */
export type Raas = { createSessionLink: (request: SessionLinkRequest) => Promise<SessionLinkResult> };

export type SessionLinkResult =
  | { kind: 'link'; link: string }
  /** A definite no to these data. */
  | { kind: 'refused'; cause: string }
  /** It was not processed: no byte left, or it was turned away at the door. */
  | { kind: 'not-sent'; cause: string }
  /** It may have been processed, or was and the link is lost or unsafe. */
  | { kind: 'unknown'; cause: string };

/** Only `link` is promised (contract, section 1.2); unknown keys are dropped. */
const successSchema = z.object({ link: z.string() });

/** Answers that mean "not processed": a bad key or scope, a wrong route, or too many calls. */
const TURNED_AWAY = new Set([401, 403, 404, 405, 410, 429]);

export function raasClient(post: Post, apiKey: string, links: LinkRules): Raas {
  return {
    /** `POST /v1/auth/sessionlink-v2`. Not idempotent: the caller makes it once per claim. */
    async createSessionLink(request) {
      const sent = await post('/auth/sessionlink-v2', { api_key: apiKey }, JSON.stringify(request));
      if ('failure' in sent) return { kind: sent.failure, cause: sent.cause };
      return readAnswer(sent.answer, links);
    },
  };
}

function readAnswer({ status, isJson, retryAfter, text }: Answer, links: LinkRules): SessionLinkResult {
  const cause = `HTTP ${status}`;
  if (status === 400 || status === 422) return { kind: 'refused', cause };
  if (TURNED_AWAY.has(status) || (status === 503 && retryAfter)) return { kind: 'not-sent', cause };
  if (status !== 200) return { kind: 'unknown', cause };
  const body = isJson ? successSchema.safeParse(parseJson(text)) : undefined;
  if (!body?.success) return { kind: 'unknown', cause: 'no link' };
  const link = readLink(body.data.link, links);
  return link ? { kind: 'link', link } : { kind: 'unknown', cause: 'unsafe link' };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
