/** What a spreadsheet takes for the beginning of a formula. */
const FORMULA = /^[=+\-@\t\r\n]/;

/**
 * A table for spreadsheets (RFC 4180, CRLF), by the same rules as the core's: a cell that would be taken for a formula gets
 * a `'` before it, since names and e-mail addresses come from outside, and a formula can fetch and send.
 */
export function csv(rows: string[][]): string {
  return rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}

function cell(text: string): string {
  const guarded = FORMULA.test(text) ? `'${text}` : text;
  return /[,;"\r\n\t]/.test(text) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
}
