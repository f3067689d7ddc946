import { html } from '../http/html.ts';
import { setDefaultPolicy } from '../inline-script/default-policy.ts';
import { type ScriptStart, startHeldScripts } from '../inline-script/start-held-scripts.ts';

/** A script file of Next.js. React escapes `<` and `>` in attributes and data, so text of a page never matches. */
const SCRIPT_TAG = /<script (?=[^>]*\bsrc="\/_next\/static\/)(?![^>]*\bnoModule\b)/g;
const PRELOAD_TAG = /(<link (?=[^>]*\bas="script"))rel="preload" /g;
/** The script that starts Next.js. Without it the page has another form than we know. */
const START_TAG = /<script type="text\/plain" data-hold (?=[^>]*\bid="_R_")(?=[^>]*\basync="")/;
/** Elements that the browser would load although the scripts are held. */
const UNHELD_TAG =
  /<link (?=[^>]*\bas="script")(?=[^>]*\brel=)|<link (?=[^>]*\brel="modulepreload")|<script (?=[^>]*\btype="module")/;
const HEAD_END = /(?=<\/head>)/;

/**
 * Makes the script files of a page inert and adds the script that starts them later (`startHeldScripts`). Scripts inside of the
 * page only collect data for the files, and stay.
 *
 * @param page the HTML of Next.js
 * @param nonce the nonce of the page's policy
 * @returns undefined when the page has another form than the one that this version of Next.js writes
 */
export function holdScripts(page: string, nonce: string, start: ScriptStart): string | undefined {
  const heldHtml = page.replace(SCRIPT_TAG, '$&type="text/plain" data-hold ').replace(PRELOAD_TAG, '$1data-hold ');
  if (!START_TAG.test(heldHtml) || UNHELD_TAG.test(heldHtml) || !HEAD_END.test(heldHtml)) return undefined;
  const { markup } = html`<script nonce="${nonce}">${{ markup: INLINE_SCRIPTS[start] }}</script>`;
  return heldHtml.replace(HEAD_END, () => markup);
}

/** The build minifies both functions. A tag in one of their strings must neither end the element nor look like another one. */
const buildInlineScript = (start: ScriptStart) =>
  `(${setDefaultPolicy})();(${startHeldScripts})("${start}")`.replace(/<(?=\\?\/?script)/g, '\\x3c');
const INLINE_SCRIPTS = { touch: buildInlineScript('touch'), load: buildInlineScript('load') };
