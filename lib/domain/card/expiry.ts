/** Converts the hosted field's text (`11 / 28`, `11/2028`, `1128`) to `MMYY`, or returns undefined. */
export function toMonthYear(text: string): string | undefined {
  const parts = /^(0[1-9]|1[0-2])\s*(?:\/\s*)?(?:20)?(\d{2})$/.exec(text.trim());
  return parts ? `${parts[1]}${parts[2]}` : undefined;
}

/** A card is valid until the end of its month. `today` is `YYYY-MM-DD`. */
export function isCardExpired(monthYear: string, today: string): boolean {
  const month = `20${monthYear.slice(2)}-${monthYear.slice(0, 2)}`;
  return month < today.slice(0, 7);
}
