type TrustedTypes = {
  defaultPolicy: object | null;
  createPolicy: (
    name: string,
    rules: { createScriptURL: (url: string) => string | null; createHTML: (html: string) => string | null },
  ) => object;
};

/**
 * Sets the page's default policy (Trusted Types, W3C). A script's address must be one of our built files or of a host in
 * the document's `data-scripts`. Markup must be the empty element from which React creates a script, or create no element,
 * as the style of Next.js's last error page. The policy refuses all else.
 *
 * The source of this function is also part of pages (`lib/server/held-scripts.ts`), so it uses nothing from outside.
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
