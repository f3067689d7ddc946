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

/** The page behind a returned link. It says plainly that it is not the vendor's. */
export function renderLandingPage(lang: 'en' | 'es'): string {
  const { title, simulation, text } = MESSAGES[lang];
  return `<!doctype html>
<html lang="${lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title><link rel="icon" href="data:,">
<style>body{font:18px/1.5 system-ui,sans-serif;max-width:32rem;margin:4rem auto;padding:0 1.5rem;color:#1c2430;background:#fff}
strong{display:block;border-left:6px solid #b45309;padding-left:1rem}@media(prefers-color-scheme:dark){body{color:#e8ecf2;background:#10151d}}</style>
</head><body><main><h1>${title}</h1><p><strong>${simulation}</strong></p><p>${text}</p></main></body></html>`;
}
