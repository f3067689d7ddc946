/** Returns only the letters, without accents and case, for comparing names. */
export const toComparisonKey = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/[^\p{L}]/gu, '')
    .toLowerCase();
