/** What a line of cloudflared's own log says of its connections. */
export type LogSaying =
  | { readonly tag: "registered"; readonly index: number; readonly location: string | null }
  | { readonly tag: "unregistered"; readonly index: number }
  | { readonly tag: "lost"; readonly why: string }
  | { readonly tag: "not-reached"; readonly why: string }
  | { readonly tag: "rejected"; readonly why: string }
  | { readonly tag: "retrying"; readonly within: string }
  | { readonly tag: "shutting-down" }
  /** A line at level ERR that is none of these. */
  | { readonly tag: "error"; readonly why: string };

// Its console form; the journal's own priority is always 6, whatever the level (DOMAIN §3).
const linePattern = /^\d{4}-\d\d-\d\dT\S+ (DBG|INF|WRN|ERR|FTL|PNC) (.*)$/s;
const fieldPattern = /(?:^|\s)([A-Za-z][A-Za-z0-9_]*)=("(?:[^"\\]|\\.)*"|\S+)/g;

/** Reads one line of cloudflared's log; null where it says nothing of its connections. Pure. */
export function readLogLine(text: string): LogSaying | null {
  const match = linePattern.exec(text);
  if (match === null) return null;
  const [, level, rest = ""] = match;
  const fields = fieldsOf(rest);
  const index = Number(fields.get("connIndex") ?? Number.NaN);
  const why = fields.get("error") ?? "no reason given";
  if (rest.startsWith("Registered tunnel connection"))
    return { tag: "registered", index, location: fields.get("location") ?? null };
  if (rest.startsWith("Unregistered tunnel connection")) return { tag: "unregistered", index };
  if (rest.startsWith("Initiating graceful shutdown")) return { tag: "shutting-down" };
  const retrying = /^Retrying connection in up to (\S+)/.exec(rest);
  if (retrying) return { tag: "retrying", within: retrying[1] ?? "" };
  if (/^(Serve tunnel error|Failed to serve tunnel connection|Connection terminated)/.test(rest))
    return /no free edge addresses|failed to dial/.test(why)
      ? { tag: "not-reached", why }
      : { tag: "lost", why };
  if (/^(Failed to dial|Unable to establish connection with Cloudflare edge)/.test(rest))
    return { tag: "not-reached", why };
  if (/^Register tunnel error/.test(rest)) return { tag: "rejected", why };
  const discovery = /^edge discovery: (error .*?)(?: error=| event=|$)/.exec(rest);
  if (discovery) return { tag: "not-reached", why: discovery[1] ?? why };
  return level === "ERR" || level === "FTL" || level === "PNC" ? { tag: "error", why: wordsOf(rest) } : null;
}

function fieldsOf(rest: string): ReadonlyMap<string, string> {
  const fields = new Map<string, string>();
  for (const [, name = "", value = ""] of rest.matchAll(fieldPattern))
    fields.set(name, value.startsWith('"') ? value.slice(1, -1).replace(/\\(.)/g, "$1") : value);
  return fields;
}

/** The message without its fields. */
function wordsOf(rest: string): string {
  return rest
    .replace(/(?:^|\s)[A-Za-z][A-Za-z0-9_]*=("(?:[^"\\]|\\.)*"|\S+)/g, "")
    .trim()
    .slice(0, 300);
}
