import 'server-only';
import { cookies } from 'next/headers';
import { readDraftToken } from '../../auth/draft-cookie.ts';
import { pooledRandomBytes } from '../../crypto/random.ts';
import {
  buildBlankMark,
  buildIdMark,
  type FormOrigin,
  type FormStamp,
  findFormOrigin,
  isBlankStamp,
  NO_MARK,
  readStamp,
  STAMP_FIELD,
} from '../../domain/form-stamp.ts';
import { getStore } from '../../store/store.ts';
import { hashToken } from '../../store/token.ts';

/** The mark of what a token's cookie leads to: a hand-over or a request for help. */
export const createTokenMark = (token: string | undefined): string => buildIdMark(token && hashToken(token));

/** The mark of a form for a customer: of their draft, or of the form itself while there is none. */
export const createDraftFormMark = (draft: { id: string } | undefined): string =>
  draft ? buildIdMark(draft.id) : buildBlankMark(pooledRandomBytes(9).toString('base64url'));

export const findStamp = (form: FormData): FormStamp | undefined => readStamp(form.get(STAMP_FIELD));

/** Finds out about whom a customer's form was drawn, by the draft that this browser has now. */
export async function checkForm(form: FormData): Promise<FormOrigin> {
  const stamp = findStamp(form);
  const token = await readDraftToken();
  if (!stamp || token === undefined) return findFormOrigin(stamp, NO_MARK, undefined);
  const draft = isBlankStamp(stamp) ? await (await getStore()).drafts.find(token) : undefined;
  const isGone = isBlankStamp(stamp) && !draft;
  return findFormOrigin(stamp, isGone ? NO_MARK : createTokenMark(token), draft?.content.begunBy);
}

/** The same of a form about a hand-over or a request for help, by the token that its cookie holds now. */
export const checkTokenForm = (form: FormData, token: string | undefined): FormOrigin =>
  findFormOrigin(findStamp(form), createTokenMark(token), undefined);

/** The mark of the blank form that a draft begins with, if it begins with one. */
export function findBlankFormMark(form: FormData): string | undefined {
  const stamp = findStamp(form);
  return isBlankStamp(stamp) ? stamp?.subject : undefined;
}

/**
 * Gets the path that a browser follows after it was given its first cookie: `/cookies` checks first that the browser keeps it. Only
 * forms of our pages are sent there.
 *
 * @param cookiesBefore how many cookies of ours came with the form
 */
export const getPathAfterCookie = (form: FormData, path: string, cookiesBefore: number): string =>
  findStamp(form) && cookiesBefore === 0 ? `/cookies?to=${encodeURIComponent(path)}` : path;

/** How many cookies of ours the browser sent. */
export const countCookies = async (): Promise<number> =>
  (await cookies()).getAll().filter(({ name }) => name.startsWith('__Host-')).length;
