import { html } from '../http/html.ts';
import { reportToParent } from '../inline-script/report-to-parent.ts';

const PLACE = /<\/head>|<main>/;

/** The page is as high as its content: the partner's page gives the frame that height. */
const STYLE = 'body{min-height:0!important;margin-block:0!important}';
const SCRIPT = `(${reportToParent})()`;

/**
 * Adds to a framed page the script that reports to the partner's page.
 *
 * @param nonce the nonce of the page's policy
 * @param origins of the pages that may frame it
 */
export function addFrameScript(page: string, nonce: string, origins: readonly string[]): string {
  const { markup } =
    html`<style nonce="${nonce}">${{ markup: STYLE }}</style><script nonce="${nonce}" data-parents="${origins.join(' ')}">${{ markup: SCRIPT }}</script>`;
  return page.replace(PLACE, (place) => markup + place);
}
