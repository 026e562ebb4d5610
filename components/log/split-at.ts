import type { LogLine } from "@/lib/wire/service";

/** Lines around a moment, oldest first, told apart by when they were written or are known to be there. */
export interface SplitLines {
  readonly before: readonly LogLine[];
  readonly after: readonly LogLine[];
}

/** A line of the very moment belongs before it: it is what the move was read from. */
export function splitAt(lines: readonly LogLine[], at: string): SplitLines {
  const first = lines.findIndex((line) => {
    const when = line.at ?? line.knownAt;
    return when !== undefined && when > at;
  });
  const cut = first === -1 ? lines.length : first;
  return { before: lines.slice(0, cut), after: lines.slice(cut) };
}
