import { type Lang, TEXTS } from './texts.ts';

export const escapeText = (text: string): string => text.replace(/[&<>"]/g, (char) => `&#${char.charCodeAt(0)};`);

const STYLES = `
:root{color-scheme:light dark;--page:#eef2f6;--text:#1c2430;--quiet:#4a5568;--box:#fff;--line:#d5dce6;--link:#1d4ed8;--note:#fef3c7;--note-text:#713f12;--good:#166534;--bad:#9f1239}
@media(prefers-color-scheme:dark){:root{--page:#0b0f16;--text:#e8ecf2;--quiet:#a3afc0;--box:#151b25;--line:#2b3647;--link:#93c5fd;--note:#3b2f0b;--note-text:#fde68a;--good:#86efac;--bad:#fda4af}}
body{font:1rem/1.5 system-ui,sans-serif;margin:0;background:var(--page);color:var(--text)}
main{box-sizing:border-box;max-width:70rem;margin:0 auto;padding:1.5rem 1rem 3rem}
header{display:flex;justify-content:space-between;align-items:baseline;gap:1rem}
h1{font-size:1.5rem;margin:1rem 0}h2{font-size:1.125rem;margin:1.5rem 0 .5rem}h3{font-size:1rem;margin:0}p{margin:.5rem 0}
.note{margin:0;padding:.75rem 1rem;border-radius:.5rem;background:var(--note);color:var(--note-text)}
.quiet{color:var(--quiet)}
.back{margin:0 0 1rem;padding:.75rem 1rem;border-radius:.5rem;border:2px solid var(--link);background:var(--box)}
ul,.log{list-style:none;padding:0;margin:0;display:grid;gap:.75rem}
.box{background:var(--box);border:1px solid var(--line);border-radius:.75rem;padding:1rem}
a{color:var(--link)}
.way{display:inline-block;box-sizing:border-box;min-height:2.75rem;margin:.5rem .375rem 0 0;padding:.5rem .75rem;border:1px solid;border-radius:.5rem;font-size:.9375rem;text-decoration:none}
button{font:inherit;padding:.75rem 1.25rem;border:0;border-radius:.5rem;background:#1d4ed8;color:#fff}
.top{display:flex;flex-wrap:wrap;justify-content:space-between;gap:.25rem 1rem}
code{font:.8125rem/1.5 ui-monospace,monospace;overflow-wrap:anywhere}
.state{font-weight:600}.state[data-state=link_delivered],.state[data-state=resolved]{color:var(--good)}.state[data-state=refused]{color:var(--bad)}
.log{gap:.25rem;margin-top:.5rem;padding-top:.5rem;border-top:1px solid var(--line)}.log li{display:flex;flex-wrap:wrap;gap:0 .75rem}.log li{align-items:baseline}.log time{color:var(--quiet);font-size:.8125rem;font-variant-numeric:tabular-nums}.log span{color:var(--good);font-size:.8125rem}
@media(min-width:56rem){.columns{display:grid;grid-template-columns:1fr 1fr;gap:2rem;align-items:start}}`;

/** Renders a page of the partner's site. */
export const renderPage = (lang: Lang, body: string): string =>
  `<!doctype html><html lang="${lang}"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><link rel="icon" href="data:,"><title>${TEXTS[lang].title}</title><style>${STYLES}</style><main><p class="note">${TEXTS[lang].note}</p>${body}</main></html>`;
