/**
 * Formats a table as CSV (RFC 4180). An apostrophe keeps spreadsheets from running a cell as a formula (OWASP, CSV injection).
 */
export function toCsv(rows: readonly (readonly (string | number | undefined)[])[]): string {
  const formatCell = (value: string | number | undefined) => {
    const text = String(value ?? '');
    const plain = typeof value === 'string' && /^[=+\-@\t\r\0]/.test(text) ? `'${text}` : text;
    return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
  };
  return rows.map((row) => `${row.map(formatCell).join(',')}\r\n`).join('');
}
