import { spanInWords } from "../clock";
import type { MsSpan } from "../insight/spans";
import { ProblemError } from "./problem";

const usualMs = 86_400_000;
const longestMs = 3653 * 86_400_000;

/**
 * The span that is asked for, in whole ms: the last 24 hours where nobody says; what lies in the future
 * is cut off. @param given instants in µs, as is `now`.
 * @throws ProblemError `malformed` for a span that ends before it begins, begins in the future, or is
 * longer than ten years.
 */
export function spanOf(
  given: { readonly from?: number | undefined; readonly to?: number | undefined },
  now: number,
): MsSpan {
  const end = given.to ?? now;
  const begin = given.from ?? Math.min(end, now) - usualMs * 1000;
  if (begin > now) throw new ProblemError("malformed", "from: the span begins in the future.");
  if (begin > end) throw new ProblemError("malformed", "to: the span ends before it begins.");
  const span = { from: Math.floor(begin / 1000), to: Math.floor(Math.min(end, now) / 1000) };
  if (span.to - span.from > longestMs)
    throw new ProblemError("malformed", `from: the span is longer than ${spanInWords(longestMs)}.`);
  return span;
}
