/** One line of the table: what was measured, what came out, and what we aim for. */
export interface Row {
  readonly what: string;
  readonly figure: string;
  readonly aim?: string | undefined;
}

/** The table as README shows it. */
export function asMarkdown(rows: readonly Row[]): string {
  const lines = rows.map(({ what, figure, aim }) => `| ${what} | ${figure} | ${aim ?? ""} |`);
  return ["| | measured | aim |", "|---|---|---|", ...lines].join("\n");
}
