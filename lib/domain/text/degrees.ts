/** Parses degrees that a script filled in; undefined outside the range, since the customer could not correct them. */
export function parseDegrees(text: string, limit: number): number | undefined {
  const value = /^-?\d{1,3}(\.\d{1,17})?$/.test(text) ? Number(text) : Number.NaN;
  return Math.abs(value) <= limit ? value : undefined;
}
