/** The events that the element reports (docs/embedding.md). */
const EVENTS = ['ready', 'resize', 'step', 'done', 'error', 'exit'];

const TITLES = { es: 'Manda dinero', en: 'Send money' };

const escapeText = (text: string) => text.replace(/[&<>"]/g, (char) => `&#${char.charCodeAt(0)};`);

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

/**
 * A page of the partner's site with the front door in it.
 *
 * @param frontDoor the app's origin
 */
export const renderEmbeddedPage = (frontDoor: string, token: string, lang: 'es' | 'en') =>
  `<script async src="${frontDoor}/embed/v1.js"></script><style>main{padding-inline:0}h1,h2,.note{margin-inline:1.5rem}#events{list-style:none;padding:0 1.5rem;display:block;font:.8125rem/1.5 ui-monospace,monospace}#events li{padding:0;border:0;background:none}</style><h1>${TITLES[lang]}</h1><remittance-onboarding lang="${lang}" token="${escapeText(token)}"></remittance-onboarding><h2>Events</h2><ol id="events"></ol><script>${SCRIPT}</script>`;
