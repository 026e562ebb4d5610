import type { Transition } from "@/lib/wire/service";

/** Evidence in the order that people read it. */
export interface EvidenceParts {
  /** Key and value, the value written out; what has structure is indented JSON. */
  readonly facts: readonly { readonly key: string; readonly value: string }[];
  /** Log lines, oldest first. */
  readonly logs: readonly { readonly key: string; readonly lines: readonly string[] }[];
}

/** Splits evidence into facts and log lines: a list of texts, or of records with a `text`, is a log. */
export function evidenceParts(evidence: Transition["evidence"]): EvidenceParts {
  const entries = Object.entries(evidence).filter(([, value]) => value !== null && value !== undefined);
  const logs = entries.flatMap(([key, value]) => {
    const lines = linesOf(value);
    return lines === null ? [] : [{ key, lines }];
  });
  const facts = entries
    .filter(([key]) => !logs.some((log) => log.key === key))
    .map(([key, value]) => ({
      key,
      value: typeof value === "string" ? value : JSON.stringify(value, null, 2),
    }));
  return { facts, logs };
}

function linesOf(value: unknown): readonly string[] | null {
  if (!Array.isArray(value) || value.length === 0) return null;
  const lines = value.map(textOf);
  return lines.every((line) => line !== null) ? lines : null;
}

function textOf(line: unknown): string | null {
  if (typeof line === "string") return line;
  if (typeof line === "object" && line !== null && "text" in line && typeof line.text === "string")
    return line.text;
  return null;
}
