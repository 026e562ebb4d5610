import { type Ends, endsOf, lengthOf, longestMs, type Span, shortestMs } from "./span";

/** A span between two instants, cut at now: one that reaches now goes on with it. */
function upTo(now: number, { from, to }: Ends): Span {
  const ms = Math.round(to - from);
  return to >= now ? { tag: "back", ms } : { tag: "fixed", from: Math.round(to) - ms, to: Math.round(to) };
}

/**
 * The span made `factor` times as long, between a minute and a year. `at` keeps its place; without it
 * the end does where that is now, else the middle.
 */
export function zoomed(span: Span, now: number, factor: number, at?: number): Span {
  const { from, to } = endsOf(span, now);
  const length = Math.min(longestMs, Math.max(shortestMs, (to - from) * factor));
  if (length === to - from) return span;
  if (at === undefined && span.tag === "back") return { tag: "back", ms: Math.round(length) };
  const kept = at ?? (from + to) / 2;
  const begin = kept - (kept - from) * (length / (to - from));
  return upTo(now, { from: begin, to: begin + length });
}

/** The span moved by a part of its length; it never goes beyond now. @param share negative: into the past. */
export function panned(span: Span, now: number, share: number): Span {
  const { from, to } = endsOf(span, now);
  const by = (to - from) * share;
  return upTo(now, { from: from + by, to: to + by });
}

/** As long as it was, up to now. */
export function broughtToNow(span: Span): Span {
  return { tag: "back", ms: lengthOf(span) };
}
