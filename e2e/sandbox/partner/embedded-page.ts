import { escapeText } from './page.ts';
import { type Lang, TEXTS } from './texts.ts';

/** The events that the element reports (docs/embedding.md). */
const EVENTS = ['ready', 'resize', 'step', 'done', 'error', 'exit'];

/** Lists each event below the element, as a partner's engineer would want to see it. */
const SCRIPT = `
const element = document.querySelector('remittance-onboarding');
const list = document.querySelector('#events');
for (const type of ${JSON.stringify(EVENTS)})
  element.addEventListener(type, ({ detail }) => {
    const line = document.createElement('li');
    line.textContent = type + ' ' + JSON.stringify(detail);
    list.append(line);
  });`;

const STYLES = `
main{max-width:none;padding-inline:0}
h1,.note,.below{margin-inline:1rem}
.below{max-width:44rem}
#events{list-style:none;padding:0;font:.8125rem/1.5 ui-monospace,monospace;overflow-wrap:anywhere}`;

/**
 * A page of the partner's site with the front door in it.
 *
 * @param frontDoor the app's origin
 * @param below stands below the frame and its events
 */
export const renderEmbeddedPage = (frontDoor: string, token: string, lang: Lang, below = '') =>
  `<script async src="${frontDoor}/embed/v1.js"></script><style>${STYLES}</style><h1>${TEXTS[lang].embedded.title}</h1><remittance-onboarding lang="${lang}" token="${escapeText(token)}"></remittance-onboarding><div class="below">${below}<h2>${TEXTS[lang].embedded.events}</h2><ol id="events"></ol></div><script>${SCRIPT}</script>`;
