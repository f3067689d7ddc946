import { getBrand } from '../config/brand/brand.ts';
import type { Locale } from '../i18n/routing.ts';
import { type Html, html } from './html.ts';

type StandalonePage = {
  locale: Locale;
  body: Html;
  script?: Html;
};

/**
 * Renders a small document outside of the framework, in the brand's colors. Its style and script run by the nonce of the request's
 * content security policy.
 */
export function renderStandalonePage(request: Request, { locale, body, script }: StandalonePage): Response {
  const policy = request.headers.get('content-security-policy');
  const nonce = /'nonce-([^']+)'/.exec(policy ?? '')?.[1] ?? '';
  // Forced colours remove the button's background, so it has a border (WCAG 1.4.11).
  const page = html`<!doctype html><html lang="${locale}"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="robots" content="noindex"><title>${getBrand().name}</title><link rel="icon" href="/icon.svg"><link rel="stylesheet" href="/brand/theme.css"><style nonce="${nonce}">body{font:1.0625rem/1.6 system-ui,sans-serif;background:var(--page);color:var(--ink);max-width:32rem;margin:20vh auto;padding:0 1.25rem}form{margin-top:1rem}button{font:inherit;font-weight:600;width:100%;min-height:3.25rem;border:1px solid transparent;border-radius:.75rem;background:var(--accent);color:var(--on-accent);cursor:pointer}a{color:var(--ink);display:inline-block;padding:.6rem 0}fieldset{border:0;margin:0 0 1rem;padding:0}legend{font-weight:600;padding:0}.row{display:grid;grid-template-columns:1fr 1fr 1.4fr;gap:.75rem}label input{box-sizing:border-box;font:inherit;width:100%;min-height:3rem;border:1px solid var(--control);border-radius:.75rem;padding:0 .75rem;background:var(--surface);color:var(--ink)}.problem{color:var(--danger)}button.other{border-color:var(--control);background:var(--surface);color:var(--ink)}</style><main>${body}</main>${script ? html`<script nonce="${nonce}">${script}</script>` : ''}</html>`;
  return new Response(page.markup, { headers: { 'content-type': 'text/html; charset=utf-8' } });
}
