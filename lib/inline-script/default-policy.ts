type TrustedTypes = {
  defaultPolicy: object | null;
  createPolicy: (
    name: string,
    rules: { createScriptURL: (url: string) => string | null; createHTML: (html: string) => string | null },
  ) => object;
};

/**
 * Sets the page's default policy (Trusted Types, W3C). It allows script addresses of our built files and of the hosts in the document's
 * `data-scripts`. It allows two kinds of markup: the empty element from which React creates a script, and text without `<`, which
 * Next.js writes into the style of its error page. It refuses everything else.
 *
 * `lib/server/held-scripts.ts` writes the source of this function into pages, so the function uses no name from outside itself.
 */
export function setDefaultPolicy(): void {
  const { trustedTypes } = window as { trustedTypes?: TrustedTypes };
  // A policy can be created once (Trusted Types, 4.1.2), and a page whose scripts are held has created it already.
  if (!trustedTypes || trustedTypes.defaultPolicy) return;
  trustedTypes.createPolicy('default', {
    createScriptURL(url) {
      const { origin, pathname } = new URL(url, location.origin);
      const isOurs = origin === location.origin && pathname.startsWith('/_next/static/');
      return isOurs || document.documentElement.dataset['scripts']?.split(' ').includes(origin) ? url : null;
    },
    createHTML: (html) => (/^<script><\/script>$/.test(html) || !html.includes('<') ? html : null),
  });
}
