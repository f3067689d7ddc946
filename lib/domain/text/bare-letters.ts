/** The letters alone, without accents and case: for comparing names that everybody spells in their own way. */
export const bareLetters = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/[^a-z]/gi, '')
    .toLowerCase();
