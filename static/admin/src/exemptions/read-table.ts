/**
 * The rows of a table in CSV (RFC 4180), separated by commas, or by semicolons where the first line has those only, as
 * spreadsheets write them in some countries. Empty lines are left out; each row says on which line it begins.
 */
export function readTable(text: string): { line: number; cells: string[] }[] {
  const table = text.replace(/^\uFEFF/, '');
  const [first = ''] = table.split('\n', 1);
  const separator = !first.includes(',') && first.includes(';') ? ';' : ',';
  const rows: { line: number; cells: string[] }[] = [];
  let cells: string[] = [];
  let cell = '';
  let quoted = false;
  let line = 1;
  let began = 1;
  const endRow = () => {
    cells.push(cell);
    if (cells.some((each) => each.trim())) rows.push({ line: began, cells: cells.map(plain) });
    cells = [];
    cell = '';
  };
  for (let at = 0; at < table.length; at += 1) {
    const sign = table.charAt(at);
    if (sign === '\n') line += 1;
    if (quoted) {
      if (sign !== '"') cell += sign;
      else if (table.charAt(at + 1) === '"') {
        cell += '"';
        at += 1;
      } else quoted = false;
    } else if (sign === '"' && !cell.trim()) {
      quoted = true;
      cell = '';
    } else if (sign === separator) {
      cells.push(cell);
      cell = '';
    } else if (sign === '\n') {
      endRow();
      began = line;
    } else cell += sign;
  }
  endRow();
  return rows;
}

/** Without the sign that keeps a spreadsheet from reading a formula. */
const plain = (cell: string): string => cell.trim().replace(/^'(?=[=+\-@])/, '');
