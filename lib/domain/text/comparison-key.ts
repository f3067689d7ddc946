/** The letters of any script alone, without accents and case: for comparing names that everybody spells in their own way. */
export const toComparisonKey = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/[^\p{L}]/gu, '')
    .toLowerCase();
