import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { getBrand } from '../config/brand/brand.ts';
import { renderThemeCss } from '../config/brand/theme.ts';
import { getProcessSingleton } from '../config/process-singleton.ts';
import { html } from '../http/html.ts';

const STYLE_TAG = /<link rel="stylesheet" href="([^"]+)"/g;
const BUILT_FOLDER = '/_next/static/css/';
const THEME_PATH = '/brand/theme.css';

/** Style sheets by their address. */
const getStyles = () => getProcessSingleton('inline-styles', () => new Map<string, string | undefined>());

function readStyle(path: string): string | undefined {
  if (path === THEME_PATH) return renderThemeCss(getBrand().theme);
  if (!path.startsWith(BUILT_FOLDER)) return undefined;
  return readFileSync(join(process.cwd(), '.next', 'static', 'css', basename(path)), 'utf8');
}

function getStyle(path: string): string | undefined {
  const styles = getStyles();
  if (!styles.has(path)) styles.set(path, readStyle(path));
  return styles.get(path);
}

/**
 * Writes the style sheets of a page into it, so that the first paint needs no second request. The link stays without effect
 * (HTML, `disabled`): React finds it there and does not load it again.
 *
 * @param nonce the nonce of the page's policy
 */
export const inlineStyles = (page: string, nonce: string): string =>
  page.replace(STYLE_TAG, (link, path: string) => {
    const css = getStyle(path);
    if (css === undefined) return link;
    const { markup } = html`<style nonce="${nonce}">${{ markup: css }}</style>`;
    return `${markup}${link} disabled=""`;
  });
