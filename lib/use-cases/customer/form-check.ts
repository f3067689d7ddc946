import 'server-only';
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
import type { Locale } from '../../i18n/routing.ts';
import { getStore } from '../../store/store.ts';
import { hashToken } from '../../store/token.ts';

/** Creates the mark of a draft, a hand-over or a request for help from its token. */
export const createTokenMark = (token: string | undefined): string => buildIdMark(token && hashToken(token));

/** Creates the mark of a customer's form: the draft's mark, or a random one for a blank form. */
export const createDraftFormMark = (draft: { id: string } | undefined): string =>
  draft ? buildIdMark(draft.id) : buildBlankMark(pooledRandomBytes(9).toString('base64url'));

export const findStamp = (form: FormData): FormStamp | undefined => readStamp(form.get(STAMP_FIELD));

/**
 * Compares a form's stamp with the draft that this browser has now.
 *
 * @param draftToken of the browser's cookie
 */
export async function checkForm(stamp: FormStamp | undefined, draftToken: string | undefined): Promise<FormOrigin> {
  if (!stamp || draftToken === undefined) return findFormOrigin(stamp, NO_MARK, undefined);
  const draft = isBlankStamp(stamp) ? await (await getStore()).drafts.find(draftToken) : undefined;
  const isGone = isBlankStamp(stamp) && !draft;
  return findFormOrigin(stamp, isGone ? NO_MARK : createTokenMark(draftToken), draft?.content.begunBy);
}

/** Compares the stamp of a form about a hand-over or a request for help with the token in its cookie. */
export const checkTokenForm = (stamp: FormStamp | undefined, token: string | undefined): FormOrigin =>
  findFormOrigin(stamp, createTokenMark(token), undefined);

/** Returns the mark of the blank form with which a draft begins. */
export const findBlankFormMark = (stamp: FormStamp | undefined): string | undefined =>
  isBlankStamp(stamp) ? stamp?.subject : undefined;

/**
 * Returns the path to which a post redirects. Before the first page after the first cookie, `/cookies` checks that the browser
 * keeps cookies. Only forms of our pages, which have a stamp, go there.
 *
 * @param cookiesBefore how many of our cookies the browser sent with the form
 */
export const getPathAfterCookie = (stamp: FormStamp | undefined, path: string, cookiesBefore: number): string =>
  stamp && cookiesBefore === 0 ? `/cookies?to=${encodeURIComponent(path)}` : path;

/**
 * Returns the path after a form about a hand-over or a request for help that this browser does not have. Such a form is shown
 * only to a browser that had a cookie, so a browser that sends none is told about cookies.
 *
 * @param path of the page with the present state
 */
export const getPathAfterOutdatedForm = (locale: Locale, path: string, cookieCount: number): string =>
  cookieCount === 0 ? `/${locale}/cookies` : path;
