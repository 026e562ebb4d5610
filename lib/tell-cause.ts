const longestLink = 240;
const mostLinks = 6;

/**
 * Why something failed, in one line for the log: the innermost cause first, then what was being done
 * on the way out. Each link is cut by itself, so that a long query never hides its reason. The
 * parameters of a query are left out: they are what people typed, and what they keep to themselves.
 */
export function tellCause(error: unknown): string {
  const links: string[] = [];
  let at = error;
  while (at !== undefined && at !== null && links.length < mostLinks) {
    links.unshift(tellLink(at));
    at = at instanceof Error ? (at.cause ?? firstOf(at)) : null;
  }
  return links.join("; while: ");
}

function tellLink(error: unknown): string {
  if (!(error instanceof Error)) return cut(String(error));
  const [message = ""] = error.message.split(/^params: /m);
  const told = cut(message.trim().replace(/\s+/g, " ") || error.name);
  const { code } = error as { code?: unknown };
  return typeof code === "string" && !told.includes(code) ? `${told} [${code}]` : told;
}

/** What Node throws when no address of a name answers: the message is empty, the reasons are inside. */
function firstOf(error: Error): unknown {
  return error instanceof AggregateError ? error.errors[0] : null;
}

function cut(text: string): string {
  return text.length > longestLink ? `${text.slice(0, longestLink)}…` : text;
}
