/** How urgent lines have to be, in the reader's words. */
export const logLevels = ["all", "warning", "error"] as const;
export type LogLevel = (typeof logLevels)[number];

export const levelWords: Readonly<Record<LogLevel, string>> = {
  all: "All lines",
  warning: "Warnings and worse",
  error: "Errors and worse",
};

const priorities: Readonly<Record<LogLevel, number | null>> = { all: null, warning: 4, error: 3 };

/** What is shown of a service's log; stands in the address, so that it can be sent to a colleague. */
export interface LogView {
  readonly level: LogLevel;
  /** The moment that is looked at, RFC 3339 in UTC with microseconds; null: the log live. */
  readonly at: string | null;
}

const instantPattern = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{6}Z$/;

/** What an address asks for; what it asks for wrongly is left out. */
export function readLogView(address: URLSearchParams): LogView {
  const at = address.get("logAt");
  const level = logLevels.find((known) => known === address.get("log"));
  return { level: level ?? "all", at: at !== null && instantPattern.test(at) ? at : null };
}

/** The address's query for a view; empty for the whole log, live. */
export function writeLogView({ level, at }: LogView): string {
  const address = new URLSearchParams();
  if (level !== "all") address.set("log", level);
  if (at !== null) address.set("logAt", at);
  return address.toString();
}

/** The parameters of `GET …/logs` that ask for lines of this level. */
export function levelQuery(level: LogLevel): string {
  const priority = priorities[level];
  return priority === null ? "" : `&priority=${priority}`;
}
