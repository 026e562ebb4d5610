type Cell = string | number | boolean | null;

/** What a spreadsheet takes for a formula when a cell begins with it (OWASP, "CSV Injection"). */
const startsFormula = /^[=+\-@\t\r]/;

/**
 * One line of CSV (RFC 4180) with its line end. A text that a spreadsheet would run as a formula gets an
 * apostrophe in front; nothing is an empty cell.
 */
export function csvLine(cells: readonly Cell[]): string {
  return `${cells.map(csvCell).join(",")}\r\n`;
}

function csvCell(cell: Cell): string {
  if (cell === null) return "";
  if (typeof cell !== "string") return String(cell);
  const safe = startsFormula.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
