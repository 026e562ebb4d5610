/** How much time the charts show: back from now, or between two instants. Milliseconds (since 1970). */
export type Span =
  | { readonly tag: "back"; readonly ms: number }
  | { readonly tag: "fixed"; readonly from: number; readonly to: number };

export interface Ends {
  readonly from: number;
  readonly to: number;
}

const hour = 3_600_000;
const day = 24 * hour;

/** What is offered by name, as it stands in the address. */
export const presets = [
  { key: "1h", ms: hour, word: "1 h" },
  { key: "6h", ms: 6 * hour, word: "6 h" },
  { key: "24h", ms: day, word: "24 h" },
  { key: "7d", ms: 7 * day, word: "7 d" },
  { key: "30d", ms: 30 * day, word: "30 d" },
  { key: "90d", ms: 90 * day, word: "90 d" },
  { key: "1y", ms: 365 * day, word: "1 y" },
] as const;

/** Below a minute there is nothing more to see, and above a year the bands say nothing. */
export const shortestMs = 60_000;
export const longestMs = 365 * day;

export const lastDay = { tag: "back", ms: day } as const satisfies Span;

const units = { s: 1_000, m: 60_000, h: hour, d: day, y: 365 * day } as const;

/** Reads a span from an address's `span`, or `from` and `to`; what does not fit is the last day. */
export function readSpan(address: URLSearchParams): Span {
  const from = Date.parse(address.get("from") ?? "");
  const to = Date.parse(address.get("to") ?? "");
  if (to - from >= shortestMs && to - from <= longestMs) return { tag: "fixed", from, to };
  const [, count, unit] = /^(\d{1,9})([smhdy])$/.exec(address.get("span") ?? "") ?? [];
  const ms = Number(count) * (units[unit as keyof typeof units] ?? Number.NaN);
  return ms >= shortestMs && ms <= longestMs ? { tag: "back", ms } : lastDay;
}

/** The parameters of a span, none for the last day: `readSpan` reads them back. */
export function writeSpan(span: Span): URLSearchParams {
  if (span.tag === "fixed")
    return new URLSearchParams({
      from: new Date(span.from).toISOString(),
      to: new Date(span.to).toISOString(),
    });
  if (span.ms === lastDay.ms) return new URLSearchParams();
  const preset = presets.find(({ ms }) => ms === span.ms);
  return new URLSearchParams({ span: preset?.key ?? `${Math.round(span.ms / 1_000)}s` });
}

/** @param now in ms. */
export function endsOf(span: Span, now: number): Ends {
  return span.tag === "back" ? { from: now - span.ms, to: now } : span;
}

export function lengthOf(span: Span): number {
  return span.tag === "back" ? span.ms : span.to - span.from;
}

/** The span as the API is asked for it: one that ends now has no end of its own. @param now in ms. */
export function askSpan(span: Span, now: number): URLSearchParams {
  const { from, to } = endsOf(span, now);
  const asked = new URLSearchParams({ from: new Date(from).toISOString() });
  if (span.tag === "fixed") asked.set("to", new Date(to).toISOString());
  return asked;
}
