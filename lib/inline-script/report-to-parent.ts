/**
 * Reports the progress of a customer page in a partner's frame to the partner's page (`public/embed/v1.js`): the step, the end and
 * the height, never an answer. The partner's page begins: it says hello, and only a listed origin gets answers. It also marks
 * the fetches of this page as those of a framed page (`lib/server/framed-request.ts`).
 *
 * The source of this function is part of pages (`lib/server/frame-script.ts`), so it uses nothing from outside.
 */
export function reportToParent(): void {
  const root = document.documentElement;
  const parentOrigins = document.currentScript?.dataset['parents']?.split(' ') ?? [];
  const results: Record<string, string> = { succeeded: 'delivered', delivered: 'delivered', refused: 'refused' };
  let parentOrigin = '';
  let sentPage = '';
  let sentHeight = 0;

  const send = (remittance: string, detail: object = {}) => {
    if (parentOrigin) window.parent.postMessage({ remittance, ...detail }, parentOrigin);
  };
  function describePage(): [string, object] | undefined {
    const [, page = ''] = /^\/(?:es|en)\/(?:onboarding\/)?([a-z-]+)$/.exec(location.pathname) ?? [];
    if (/^(identity|address|payment|card|review)$/.test(page)) return ['step', { step: page }];
    if (page === 'link-refused' || page === 'cookies') return ['error', { reason: page }];
    const result = results[document.querySelector<HTMLElement>('[data-view]')?.dataset['view'] ?? ''];
    return page === 'outcome' && result ? ['done', { result }] : undefined;
  }
  function reportPage() {
    const page = describePage();
    const text = JSON.stringify(page) ?? '';
    if (page && text !== sentPage) send(...page);
    sentPage = text;
  }
  function reportHeight() {
    // A list that opens over the end of the page makes the page scroll; otherwise `scrollHeight` is never below the frame's height.
    const { scrollHeight } = root;
    const height = scrollHeight > window.innerHeight ? scrollHeight : Math.ceil(root.getBoundingClientRect().height);
    if (height !== sentHeight) send('resize', { height });
    sentHeight = height;
  }

  addEventListener('message', ({ source, origin, data }) => {
    if (source !== window.parent || !parentOrigins.includes(origin) || data?.remittance !== 'hello') return;
    parentOrigin = origin;
    sentPage = '';
    sentHeight = 0;
    send('ready');
    reportPage();
    reportHeight();
  });
  new ResizeObserver(reportHeight).observe(root);
  new MutationObserver(() => {
    reportPage();
    requestAnimationFrame(reportHeight);
  }).observe(document, { subtree: true, childList: true, attributeFilter: ['data-view'] });
  addEventListener('submit', ({ target }) => {
    if (target instanceof HTMLFormElement && target.target === '_top') send('exit', { reason: 'last-page' });
  });
  // The browser restored the page from memory after Back: the application may have been submitted meanwhile.
  addEventListener('pageshow', ({ persisted }) => persisted && location.reload());
  // Other sites refuse to be framed.
  const onClick = ({ target }: Event) => {
    const link = target instanceof Element && target.closest('a');
    if (link && !link.target && /^https?:$/.test(link.protocol) && link.origin !== location.origin)
      link.target = '_blank';
  };
  addEventListener('click', onClick, true);

  const { fetch } = window;
  window.fetch = (input, init) => {
    const request = new Request(input, init);
    if (request.url.startsWith(`${location.origin}/`)) request.headers.set('x-framed', '1');
    return fetch(request);
  };
}
