/**
 * Returns only the letters, without accents, case and the tatweel that stretches Arabic words, for comparing names. They are
 * capitals, since ß, dotless ı and final ς differ as small letters only.
 */
export const toComparisonKey = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/[^\p{L}]|\u0640/gu, '')
    .toUpperCase();
