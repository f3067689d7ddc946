/** Words that belong to the surname after them. */
const PARTICLES = new Set(
  (
    'de del la las los el san santa santo da das do dos di della dello du des le van von der den ter ten zu zum zur af av ' +
    'mac mc o bin ibn al abu ben bar st saint fitz'
  ).split(' '),
);
/** Words that join two surnames to one: Ortega y Gasset. */
const CONJUNCTIONS = new Set(['y', 'e', 'i']);

const normalizeWord = (word: string) => word.toLowerCase().replace(/[’'.]/g, '');

/**
 * Splits two surnames typed into one field; undefined for one surname or an unclear case. The page only offers the split:
 * García Márquez may be one name. A particle in the middle can join or begin a surname (`Ponce de León`), so it is unclear.
 */
export function splitSurnames(text: string): [first: string, second: string] | undefined {
  const words = text.trim().split(/\s+/);
  const names: string[] = [];
  let prefix = '';
  for (const word of words) {
    if (CONJUNCTIONS.has(normalizeWord(word))) return undefined;
    if (PARTICLES.has(normalizeWord(word))) {
      if (names.length > 0) return undefined;
      prefix += `${word} `;
      continue;
    }
    names.push(prefix + word);
    prefix = '';
  }
  const [first, second, ...more] = names;
  const isWhole = prefix === '' && more.length === 0 && first !== undefined && second !== undefined;
  return isWhole && [first, second].every((name) => name.length > 1) ? [first, second] : undefined;
}
