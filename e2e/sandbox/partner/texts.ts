export type Lang = 'en' | 'es';

export const TEXTS = {
  en: {
    title: 'Sandbox partner',
    note: 'This simulated partner site comes with the sandbox. Its customers do not exist.',
    otherLanguage: 'Español',
    customers: 'Customers',
    intro: 'The site knows these customers and sends them to the front door with what it knows.',
    ways: { fragment: 'By link', post: 'By post', embedded: 'In this site' },
    post: 'Continue at the front door',
    applications: 'Applications',
    none: 'None yet. Send a customer: its state and its events appear here as they arrive.',
    noEvents: 'No event yet: the front door has not opened the link.',
    verified: 'Signature verified',
    another: 'Another link',
    returned: { text: 'The customer came back', reference: 'Reference', status: 'The address says' },
    embedded: { title: 'Send money', events: 'Events of the frame' },
    home: 'All applications',
    states: {
      unknown: 'Not opened',
      started: 'Started',
      submitting: 'Being sent',
      link_delivered: 'Link delivered',
      refused: 'Refused',
      needs_review: 'In review',
      resolved: 'Resolved',
      ended: 'Ended',
    },
  },
  es: {
    title: 'Socio de prueba',
    note: 'Este sitio simulado de un socio viene con el sandbox. Sus clientes no existen.',
    otherLanguage: 'English',
    customers: 'Clientes',
    intro: 'El sitio conoce a estos clientes y los manda al registro con lo que sabe.',
    ways: { fragment: 'Enlace', post: 'Formulario', embedded: 'En este sitio' },
    post: 'Seguir en el registro',
    applications: 'Solicitudes',
    none: 'Aún no hay. Manda a un cliente: su estado y sus eventos aparecen aquí en cuanto llegan.',
    noEvents: 'Sin eventos: todavía no se abre el enlace.',
    verified: 'Firma verificada',
    another: 'Otro enlace',
    returned: { text: 'El cliente regresó', reference: 'Referencia', status: 'La dirección dice' },
    embedded: { title: 'Manda dinero', events: 'Eventos del marco' },
    home: 'Todas las solicitudes',
    states: {
      unknown: 'Sin abrir',
      started: 'Empezada',
      submitting: 'Enviándose',
      link_delivered: 'Enlace entregado',
      refused: 'Rechazada',
      needs_review: 'En revisión',
      resolved: 'Resuelta',
      ended: 'Terminada',
    },
  },
} as const;

/** Reads the language that an address asks for, or the one that the browser prefers. */
export function readLang(url: URL, acceptLanguage: string | undefined): Lang {
  const asked = url.searchParams.get('lang');
  if (asked === 'en' || asked === 'es') return asked;
  return acceptLanguage?.startsWith('es') ? 'es' : 'en';
}
