import 'server-only';
import { cookies } from 'next/headers';
import { readDraftToken } from '../../auth/draft-cookie.ts';
import { freshBytes } from '../../crypto/random.ts';
import {
  type FormOrigin,
  type FormStamp,
  findOrigin,
  isBlank,
  markBlank,
  markId,
  NONE,
  readStamp,
  STAMP,
} from '../../domain/form-stamp.ts';
import { store } from '../../store/store.ts';
import { idOf } from '../../store/token.ts';

/** The mark of what a token's cookie leads to: a hand-over or a request for help. */
export const markToken = (token: string | undefined): string => markId(token && idOf(token));

/** The mark of a form for a customer: of their draft, or of the form itself while there is none. */
export const markDraftForm = (draft: { id: string } | undefined): string =>
  draft ? markId(draft.id) : markBlank(freshBytes(9).toString('base64url'));

export const findStamp = (form: FormData): FormStamp | undefined => readStamp(form.get(STAMP));

/** Finds out about whom a customer's form was drawn, by the draft that this browser has now. */
export async function checkForm(form: FormData): Promise<FormOrigin> {
  const stamp = findStamp(form);
  const token = await readDraftToken();
  if (!stamp || token === undefined) return findOrigin(stamp, NONE, undefined);
  const draft = isBlank(stamp) ? await (await store()).drafts.find(token) : undefined;
  const isGone = isBlank(stamp) && !draft;
  return findOrigin(stamp, isGone ? NONE : markToken(token), draft?.content.begunBy);
}

/** The same of a form about a hand-over or a request for help, by the token that its cookie holds now. */
export const checkTokenForm = (form: FormData, token: string | undefined): FormOrigin =>
  findOrigin(findStamp(form), markToken(token), undefined);

/** The mark of the blank form that a draft begins with, if it begins with one. */
export function findBegunBy(form: FormData): string | undefined {
  const stamp = findStamp(form);
  return isBlank(stamp) ? stamp?.subject : undefined;
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
