import 'server-only';
import type { IncomingMessage } from 'node:http';
import { getEnv } from '../config/env.ts';
import { FRAMED_HEADER } from '../http/framed-visit.ts';

/** Pages of a customer's journey, what their forms post to, and what brings a customer to them. */
const FRAMABLE_PATH =
  /^\/(partner|start-over|cookies|(es|en)(\/(cookies|link-refused|onboarding(\/[a-z-]+){1,3}))?\/?)$/;

/** Lists the origins whose pages may frame a customer's journey. */
export const listEmbedOrigins = (): readonly string[] => getEnv().EMBED_ORIGINS ?? [];

export const isFramed = ({ headers }: Pick<IncomingMessage, 'headers'>): boolean =>
  headers[FRAMED_HEADER] !== undefined;

/** Lists who may frame the answer to a request (CSP Level 3, `frame-ancestors`): the listed origins if it is in a frame, otherwise none. */
export const listFrameAncestors = (request: Pick<IncomingMessage, 'headers'>): readonly string[] =>
  isFramed(request) ? listEmbedOrigins() : ["'none'"];

/**
 * Marks a request of a customer page in a frame, and removes the mark from any other request. The browser says it for documents
 * (`Sec-Fetch-Dest`, W3C Fetch Metadata); for its fetches the framed page says it (`lib/inline-script/report-to-parent.ts`).
 */
export function markFramedRequest({ headers }: Pick<IncomingMessage, 'headers'>, path: string): void {
  const isInFrame = headers['sec-fetch-dest'] === 'iframe' || headers[FRAMED_HEADER] === '1';
  if (isInFrame && FRAMABLE_PATH.test(path) && listEmbedOrigins().length > 0) headers[FRAMED_HEADER] = '1';
  else delete headers[FRAMED_HEADER];
}
