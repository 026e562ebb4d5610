import { tellCause } from "../tell-cause";

const longestValue = 300;
const longestCause = 1_800;

/**
 * One line on standard error for a request that was turned away or failed. Addresses go in without
 * their query, which may hold a key; values are quoted, escaped and cut.
 */
export function logRequest(entry: {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly code: string;
  readonly actor: string | null;
  readonly detail: string;
  readonly cause?: unknown;
}): void {
  const { method, path, status, code, actor, detail, cause } = entry;
  const fields = [`actor=${quote(actor ?? "nobody")}`, `detail=${quote(detail)}`];
  if (cause !== undefined) fields.push(`cause=${quote(tellCause(cause), longestCause)}`);
  const level = status >= 500 ? "warn" : "info";
  process.stderr.write(
    `${new Date().toISOString()} web ${level}: ${plain(method)} ${quote(path)} ${status} ${code} (${fields.join(" ")})\n`,
  );
}

/** One line about the web process itself. */
export function logWeb(level: "info" | "warn", message: string, cause?: unknown): void {
  const tail = cause === undefined ? "" : ` (cause=${quote(tellCause(cause), longestCause)})`;
  process.stderr.write(`${new Date().toISOString()} web ${level}: ${message}${tail}\n`);
}

/** A text of somebody else's making, in one line whatever is in it. */
function quote(text: string, longest = longestValue): string {
  const cut = text.length > longest ? `${text.slice(0, longest)}…` : text;
  return JSON.stringify(cut).replace(
    /[\u007f-\u009f\u2028\u2029\ufeff\u200e\u200f\u202a-\u202e\u2066-\u2069]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

function plain(method: string): string {
  return /^[A-Z]{1,20}$/.test(method) ? method : "OTHER";
}
