import type { z } from "zod";

export interface JsonLine {
  /** From 1. */
  readonly number: number;
  readonly value: Readonly<Record<string, unknown>>;
}

export class LineError extends Error {
  override readonly name = "LineError";

  constructor({ number }: Pick<JsonLine, "number">, words: string) {
    super(`line ${number} ${words}`);
  }
}

/** The objects of a file of JSON lines; a last line that is cut off is left out. @throws LineError */
export function* jsonLinesOf(text: string): Generator<JsonLine> {
  const lines = text.split("\n");
  for (const [index, line] of lines.entries()) {
    if (line.trim() === "") continue;
    let value: unknown;
    try {
      value = JSON.parse(line);
    } catch {
      if (index === lines.length - 1 && index > 0) return;
      throw new LineError({ number: index + 1 }, "is no JSON: a capture is one JSON object a line");
    }
    if (typeof value !== "object" || value === null || Array.isArray(value))
      throw new LineError({ number: index + 1 }, "is no JSON object");
    yield { number: index + 1, value: value as Readonly<Record<string, unknown>> };
  }
}

/** The first thing that is wrong with a line: `has a wrong "ready.status": …`. */
export function fieldInWords(error: z.ZodError): string {
  const [issue] = error.issues;
  return `has a wrong or missing ${JSON.stringify(issue?.path.join(".") ?? "")}: ${issue?.message ?? ""}`;
}
