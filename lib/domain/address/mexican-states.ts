/** ISO 3166-2:MX code, the short name that maps print and the vendor's examples send, and the full name. */
export const MEXICAN_STATES = [
  { iso: 'MX-AGU', short: 'Ags.', name: 'Aguascalientes' },
  { iso: 'MX-BCN', short: 'B.C.', name: 'Baja California' },
  { iso: 'MX-BCS', short: 'B.C.S.', name: 'Baja California Sur' },
  { iso: 'MX-CAM', short: 'Camp.', name: 'Campeche' },
  { iso: 'MX-CHP', short: 'Chis.', name: 'Chiapas' },
  { iso: 'MX-CHH', short: 'Chih.', name: 'Chihuahua' },
  { iso: 'MX-CMX', short: 'CDMX', name: 'Ciudad de México' },
  { iso: 'MX-COA', short: 'Coah.', name: 'Coahuila' },
  { iso: 'MX-COL', short: 'Col.', name: 'Colima' },
  { iso: 'MX-DUR', short: 'Dgo.', name: 'Durango' },
  { iso: 'MX-MEX', short: 'Méx.', name: 'Estado de México' },
  { iso: 'MX-GUA', short: 'Gto.', name: 'Guanajuato' },
  { iso: 'MX-GRO', short: 'Gro.', name: 'Guerrero' },
  { iso: 'MX-HID', short: 'Hgo.', name: 'Hidalgo' },
  { iso: 'MX-JAL', short: 'Jal.', name: 'Jalisco' },
  { iso: 'MX-MIC', short: 'Mich.', name: 'Michoacán' },
  { iso: 'MX-MOR', short: 'Mor.', name: 'Morelos' },
  { iso: 'MX-NAY', short: 'Nay.', name: 'Nayarit' },
  { iso: 'MX-NLE', short: 'N.L.', name: 'Nuevo León' },
  { iso: 'MX-OAX', short: 'Oax.', name: 'Oaxaca' },
  { iso: 'MX-PUE', short: 'Pue.', name: 'Puebla' },
  { iso: 'MX-QUE', short: 'Qro.', name: 'Querétaro' },
  { iso: 'MX-ROO', short: 'Q.R.', name: 'Quintana Roo' },
  { iso: 'MX-SLP', short: 'S.L.P.', name: 'San Luis Potosí' },
  { iso: 'MX-SIN', short: 'Sin.', name: 'Sinaloa' },
  { iso: 'MX-SON', short: 'Son.', name: 'Sonora' },
  { iso: 'MX-TAB', short: 'Tab.', name: 'Tabasco' },
  { iso: 'MX-TAM', short: 'Tamps.', name: 'Tamaulipas' },
  { iso: 'MX-TLA', short: 'Tlax.', name: 'Tlaxcala' },
  { iso: 'MX-VER', short: 'Ver.', name: 'Veracruz' },
  { iso: 'MX-YUC', short: 'Yuc.', name: 'Yucatán' },
  { iso: 'MX-ZAC', short: 'Zac.', name: 'Zacatecas' },
] as const;

/** ISO codes, for choosing where somebody was born. */
export const MEXICAN_STATE_CODES = MEXICAN_STATES.map(({ iso }) => iso);

const OTHER_NAMES: Record<string, string> = {
  df: 'MX-CMX',
  distritofederal: 'MX-CMX',
  mexicodf: 'MX-CMX',
  coahuiladezaragoza: 'MX-COA',
  edomex: 'MX-MEX',
  michoacandeocampo: 'MX-MIC',
  queretarodearteaga: 'MX-QUE',
  veracruzdeignaciodelallave: 'MX-VER',
};

const bare = (text: string) =>
  text
    .normalize('NFD')
    .replace(/[^a-z]/gi, '')
    .toLowerCase();

/** The state that somebody means by its code, short name or full name, in any spelling. */
export function findMexicanState(text: string): (typeof MEXICAN_STATES)[number] | undefined {
  const wanted = bare(text);
  const iso = OTHER_NAMES[wanted];
  return MEXICAN_STATES.find(
    (state) =>
      state.iso === iso ||
      [bare(state.iso), state.iso.slice(3).toLowerCase(), bare(state.short), bare(state.name)].includes(wanted),
  );
}
