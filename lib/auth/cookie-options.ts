/**
 * Attributes of every cookie. `Lax` and not `Strict`: links and the identity provider lead back by cross-site navigations. Posts are
 * checked by their origin.
 */
export const COOKIE_OPTIONS = { httpOnly: true, secure: true, sameSite: 'lax', path: '/' } as const;
