// A file in the form of SEPOMEX's list of postal codes, with invented settlements.

const HEADERS =
  'd_codigo|d_asenta|d_tipo_asenta|D_mnpio|d_estado|d_ciudad|d_CP|c_estado|c_oficina|c_CP|c_tipo_asenta|c_mnpio|id_asenta_cpcons|d_zona|c_cve_ciudad';
export const NOTICE =
  'El Catálogo Nacional de Códigos Postales, es elaborado por Correos de México y se proporciona en forma gratuita';

export type SepomexRow = { code: string; settlement: string; municipality: string; state: string };

export const formatRow = ({ code, settlement, municipality, state }: SepomexRow): string =>
  [
    code,
    settlement,
    'Colonia',
    municipality,
    state,
    municipality,
    code,
    '09',
    code,
    '',
    '09',
    '014',
    '0001',
    'Urbano',
    '01',
  ].join('|');

/** A file in the form of SEPOMEX's: Latin-1, pipes, a notice, the headers. */
export const buildSepomexFile = (rows: readonly SepomexRow[], header = HEADERS): Buffer =>
  Buffer.from(`${[NOTICE, header, ...rows.map(formatRow)].join('\r\n')}\r\n`, 'latin1');
