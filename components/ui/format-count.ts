const format = new Intl.NumberFormat("en");

/** A count with its thousands set apart: "1,234,567". */
export function formatCount(count: number): string {
  return format.format(count);
}
