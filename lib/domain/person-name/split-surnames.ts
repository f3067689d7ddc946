/** Words that belong to the surname after them, and never stand alone as one. */
const PARTICLES = new Set([
  ...['de', 'del', 'la', 'las', 'los', 'el', 'san', 'santa', 'santo', 'da', 'das', 'do', 'dos', 'di', 'della', 'dello'],
  ...['du', 'des', 'le', 'van', 'von', 'der', 'den', 'ter', 'ten', 'zu', 'zum', 'zur', 'af', 'av', 'mac', 'mc', 'o'],
  ...['bin', 'ibn', 'al', 'abu', 'ben', 'bar', 'st', 'saint', 'fitz'],
]);
/** Words that make one surname of what stands on both sides: Ortega y Gasset. */
const CONJUNCTIONS = new Set(['y', 'e', 'i']);

const normalizeWord = (word: string) => word.toLowerCase().replace(/[’'.]/g, '');

/**
 * The two surnames in a box that is for one, or undefined when it holds one, or nobody can tell. Only offered, never
 * done: García Márquez may be one name or two. `Ponce de León` and `De la O` are left alone, since a particle in the
 * middle can join as well as begin.
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
