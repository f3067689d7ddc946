const MESSAGES = {
  en: {
    title: 'Session link reached',
    simulation: 'This is a simulation that comes with the sandbox.',
    text: 'Here the customer would go on in the widget of the remittance service. It does not show its real screens.',
  },
  es: {
    title: 'Llegaste al enlace de sesión',
    simulation: 'Esta es una simulación que viene con el sandbox.',
    text: 'Aquí seguiría el cliente en el widget del servicio de remesas. No muestra sus pantallas reales.',
  },
} as const;

const STYLES = `
:root{color-scheme:light dark}
body{font:1.0625rem/1.6 system-ui,sans-serif;margin:0;background:#eef2f6;color:#1c2430}
main{box-sizing:border-box;max-width:30rem;margin:0 auto;padding:2rem 1.5rem;min-height:100vh;background:#fff;text-align:center}
@media(min-width:34rem){main{margin:4rem auto;min-height:0;border-radius:1rem;padding:2.5rem;box-shadow:0 1px 3px #0002,0 8px 24px #0001}}
.note{margin:0 0 2rem;padding:.75rem 1rem;border-radius:.5rem;background:#fef3c7;color:#713f12;text-align:left}
svg{width:4.5rem;height:4.5rem}circle{fill:#dcfce7}path{fill:none;stroke:#166534;stroke-width:4;stroke-linecap:round;stroke-linejoin:round}
h1{font-size:1.6rem;line-height:1.25;margin:1rem 0}
@media(prefers-color-scheme:dark){body{background:#0b0f16;color:#e8ecf2}main{background:#151b25;box-shadow:none}.note{background:#3b2f0b;color:#fde68a}circle{fill:#12301d}path{stroke:#86efac}}`;

/** The page behind a returned link. It says plainly that it is not the vendor's. */
export function renderLandingPage(lang: 'en' | 'es'): string {
  const { title, simulation, text } = MESSAGES[lang];
  return `<!doctype html>
<html lang="${lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title><link rel="icon" href="data:,">
<style>${STYLES}</style>
</head><body><main><p class="note"><strong>${simulation}</strong></p>
<svg aria-hidden="true" viewBox="0 0 48 48"><circle cx="24" cy="24" r="23"/><path d="m14 25 7 7 14-15"/></svg>
<h1>${title}</h1><p>${text}</p></main></body></html>`;
}
