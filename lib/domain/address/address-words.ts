import { normalizeCodeText } from '../text/normalize.ts';

/** `bare` has no accents, capitals and dots; `key` is the same for all spellings of a word (`Nte.`, `Norte`; `5th`, `Fifth`). */
export type Word = { text: string; bare: string; key: string; endsPart: boolean; isKnown: boolean };

const toWordSet = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/** Words before the number of a unit or box (USPS Publication 28, appendix C2; INEGI, norma de domicilios). */
export const UNIT_WORDS = toWordSet(`
  int interior depto dpto dept departamento dep apto apartamento piso torre edificio edif ed casa local oficina of despacho
  nivel puerta cuarto bloque apt apartment unit ste suite rm room fl floor bldg building trlr spc space box pobox apartado
  apdo postal hab sala conj bloco andar lot rr hc pob pmb casilla entrada ent condominio cond
`);
/** Units with a name as often as a number. */
export const NAMED_UNITS = toWordSet('torre edificio edif bldg building bloque planta modulo');
export const SINGLE_WORD_UNITS = toWordSet(`
  altos bajos pb ph penthouse basement bsmt sotano azotea mezzanine rear uppr lowr frnt lbby
`);
/** Units at the end of a text only, since districts and streets begin with them. */
export const FINAL_UNITS = toWordSet('upper lower front fondo');
export const FLOOR_WORDS = toWordSet('piso planta nivel andar floor fl');
/** `P.O. Box`, `apartado postal`, `Rural Route`. */
export const UNIT_PREFIX_WORDS = toWordSet('po p.o apartado apdo rural');
/** Words before a block, a lot or a kilometer, which replace house numbers on some streets. */
export const PLOT_WORDS = toWordSet(`
  mz mza mzn mzna manzana lt lte lote sm smz supermanzana km kms kilometro kilometros kilometer parcela predio
`);
/** Words before the number of an area, which is no house number. */
export const AREA_WORDS = toWordSet('sector etapa region reg seccion secc sec zona poligono pol');
/** Words before the name of a settlement. */
export const SETTLEMENT_WORDS = toWordSet('colonia col fraccionamiento fracc barrio unidad ampliacion ejido poblado');
/** Words before another street of a crossing: `entre 59 y 61`, in Yucatán also `x 59 y 61`. */
export const CROSSING_WORDS = toWordSet('entre e/ esq esquina casi cruce');
export const NUMERIC_CROSSING_WORDS = toWordSet('x por');
export const NUMBER_WORDS = toWordSet('no num numero nro n° number ext exterior');
/** Words of a street's kind that stand before its name. */
export const STREET_PREFIXES = toWordSet(`
  calle avenida av c calzada calz carretera carr camino privada priv andador callejon cerrada cda retorno ret circuito rua
  ruta highway hwy route rte
`);
export const STREET_WORDS: ReadonlySet<string> = new Set([
  ...STREET_PREFIXES,
  ...toWordSet('ave avenue street st road rd drive dr boulevard blvd lane ln court ct'),
]);

/** Spellings of one word, the first of which is its key. Compass points in both languages are one. */
const SPELLINGS = `
  north n norte nte|south s sur|east e este oriente ote|west w oeste poniente pte|northeast ne noreste|northwest nw noroeste|
  southeast se sureste|southwest sw suroeste|highway hwy|route rte ruta|carretera carr|federal fed|retorno ret|cerrada cda|
  privada priv|septiembre sept sep|noviembre nov|febrero feb|1° primera primer primero first|2° segunda segundo second|
  3° tercera tercer tercero third|4° cuarta cuarto fourth|5° quinta quinto fifth|6° sexta sexto sixth|
  7° septima septimo seventh|8° octava octavo eighth|9° novena noveno ninth|10° decima decimo tenth
`
  .split('|')
  .map((spellings) => spellings.trim().split(' '));
const KEYS: ReadonlyMap<string, string> = new Map(
  SPELLINGS.flatMap(([key = '', ...others]) => others.map((other) => [other, key] as const)),
);
const ORDINAL_ENDING = /(?<=^\d{1,3})(?:er|era|ro|ra|do|da|to|ta|vo|va|mo|ma|no|na|st|nd|rd|th|[oa])$/;

const normalizeWord = (text: string) =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/\.(?!\d)/g, '');

export const isUnitWord = (word: string): boolean => UNIT_WORDS.has(normalizeWord(word));

/** Splits a text at spaces, commas and semicolons. A decimal comma stays in its word. */
export function splitWords(text: string): Word[] {
  const separated = normalizeCodeText(text.replace(/(?<=\d)(?=\p{No})/gu, ' ')) // `14½` would become `141⁄2`
    .replaceAll('\u2044', '/')
    .replace(/#\s+(?=\d)/g, '#')
    .replace(/(?<![\p{L}\d])e\/(?=\S)/giu, '$& ')
    .replace(/(?<![\p{L}\d])(c\.?\s?p\.?)(?=\d{5}(?!\d))/giu, '$1 ');
  return (separated.match(/(?:[^\s,;]|(?<=\d),(?=\d{1,3}(?!\d)))+[,;]?/g) ?? []).map((raw) => {
    const word = raw.replace(/[,;]$/, '');
    const bare = normalizeWord(word);
    const key = KEYS.get(bare) ?? bare.replace(ORDINAL_ENDING, '°');
    return { text: word, bare, key, endsPart: word !== raw, isKnown: false };
  });
}
