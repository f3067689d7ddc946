import type { Application } from './applications.ts';
import { CASES } from './cases.ts';
import { escapeText } from './page.ts';
import { type Lang, TEXTS } from './texts.ts';

type State = keyof (typeof TEXTS)['en']['states'];
export type ApplicationWithState = Application & { state: string };

/** Fetches the applications again after each event. */
const REFRESH_SCRIPT = `
const section = document.querySelector('#applications');
new EventSource('/changes').onmessage = async () => {
  section.innerHTML = await (await fetch(section.dataset.source)).text();
};`;

function renderCase(name: string, lang: Lang): string {
  const { ways } = TEXTS[lang];
  const title = escapeText(CASES[name]?.title[lang] ?? '');
  const renderWay = (path: string, text: string) => `<a class="way" href="${path}">${text}</a>`;
  return `<li class="box"><h3>${title}</h3>${renderWay(`/link/${name}?by=fragment&lang=${lang}`, ways.fragment)}${renderWay(`/link/${name}?by=post&lang=${lang}`, ways.post)}${renderWay(`/embedded/${name}?lang=${lang}`, ways.embedded)}</li>`;
}

function renderApplication({ reference, caseName, events, state }: ApplicationWithState, lang: Lang): string {
  const w = TEXTS[lang];
  const lines = events.map(({ type, timestamp }) => {
    const time = new Date(timestamp).toLocaleTimeString(lang === 'es' ? 'es-MX' : 'en-GB', { hour12: false });
    return `<li><time datetime="${escapeText(timestamp)}">${time}</time><code>${escapeText(type)}</code><span>✓ ${w.verified}</span></li>`;
  });
  const log = lines.length > 0 ? `<ol class="log">${lines.join('')}</ol>` : `<p class="quiet">${w.noEvents}</p>`;
  return `<li class="box"><div class="top"><h3>${escapeText(CASES[caseName ?? '']?.title[lang] ?? w.another)}</h3><span class="state" data-state="${escapeText(state)}">${escapeText(w.states[state as State] ?? state)}</span></div><code>${escapeText(reference)}</code>${log}</li>`;
}

/** Renders the list of applications, without its frame. */
export function renderApplications(applications: readonly ApplicationWithState[], lang: Lang): string {
  const w = TEXTS[lang];
  const items = applications.map((application) => renderApplication(application, lang));
  return `<h2>${w.applications}</h2>${items.length > 0 ? `<ul>${items.join('')}</ul>` : `<p class="quiet">${w.none}</p>`}`;
}

/**
 * Renders the list of applications with a script that fetches it again after each event.
 *
 * @param reference shows only the application with this reference
 */
export function renderLiveApplications(
  applications: readonly ApplicationWithState[],
  lang: Lang,
  reference?: string,
): string {
  const source = `/applications?lang=${lang}${reference === undefined ? '' : `&amp;reference=${reference}`}`;
  return `<section id="applications" aria-live="polite" data-source="${source}">${renderApplications(applications, lang)}</section><script>${REFRESH_SCRIPT}</script>`;
}

/** Renders what the parameters of `return_url` say (docs/partners.md#return). */
function renderReturn(query: URLSearchParams, lang: Lang): string {
  const [reference, status] = [query.get('reference'), query.get('status')];
  if (reference === null || status === null) return '';
  const { text, reference: referenceLabel, status: statusLabel } = TEXTS[lang].returned;
  return `<p class="back"><strong>${text}.</strong> ${referenceLabel}: <code>${escapeText(reference)}</code>. ${statusLabel}: <code>${escapeText(status)}</code>.</p>`;
}

/** @param query parameters of the page's address */
export function renderHomePage(
  applications: readonly ApplicationWithState[],
  lang: Lang,
  query: URLSearchParams,
): string {
  const w = TEXTS[lang];
  const otherLang = lang === 'en' ? 'es' : 'en';
  const cases = Object.keys(CASES).map((name) => renderCase(name, lang));
  return `<header><h1>${w.title}</h1><a href="/?lang=${otherLang}" lang="${otherLang}">${w.otherLanguage}</a></header>${renderReturn(query, lang)}<div class="columns">${renderLiveApplications(applications, lang)}<section><h2>${w.customers}</h2><p class="quiet">${w.intro}</p><ul>${cases.join('')}</ul></section></div>`;
}
