/**
 * Runs in the browser before the framework draws anything (Next.js, `instrumentation-client`): the page's one default policy
 * (Trusted Types, W3C). A text becomes a script's address only when it is one of our own built files or one of the vendors'
 * that this page may load (`data-scripts` of the document). Markup is only the empty element from which React makes a script,
 * or a text that makes no element at all, such as the style of the framework's last error page. Anything else is refused.
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
