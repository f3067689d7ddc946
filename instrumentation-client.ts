/**
 * Sets the page's default policy (Trusted Types, W3C) before Next.js renders in the browser. A script's address must be
 * one of our built files or of a host in the document's `data-scripts`. Markup must be the empty element from which
 * React creates a script, or create no element, as the style of Next.js's last error page. The policy refuses all else.
 */
type Policies = {
  createPolicy: (
    name: string,
    rules: { createScriptURL: (url: string) => string | null; createHTML: (html: string) => string | null },
  ) => void;
};

const { trustedTypes } = window as { trustedTypes?: Policies };

trustedTypes?.createPolicy('default', {
  createScriptURL(url) {
    const { origin, pathname } = new URL(url, location.origin);
    const isOurs = origin === location.origin && pathname.startsWith('/_next/static/');
    return isOurs || document.documentElement.dataset['scripts']?.split(' ').includes(origin) ? url : null;
  },
  createHTML: (html) => (html === '<script></script>' || !html.includes('<') ? html : null),
});
