/**
 * What every cookie of ours is: out of reach of scripts, over TLS alone, not sent along with posts from elsewhere. Lax and not
 * strict: links and the identity provider's way back are navigations from elsewhere. Posts pass the request gate.
 */
export const COOKIE_OPTIONS = { httpOnly: true, secure: true, sameSite: 'lax', path: '/' } as const;
