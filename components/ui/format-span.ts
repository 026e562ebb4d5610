const units = [
  { ms: 86_400_000, word: "d" },
  { ms: 3_600_000, word: "h" },
  { ms: 60_000, word: "min" },
  { ms: 1_000, word: "s" },
] as const;

/** A span for a glance: its two greatest units, whole. "3 d 4 h", "12 s". Negative ones count as zero. */
export function formatSpan(spanMs: number): string {
  let rest = Math.max(0, Math.floor(spanMs / 1_000) * 1_000);
  const parts: string[] = [];
  for (const { ms, word } of units) {
    const whole = Math.floor(rest / ms);
    rest -= whole * ms;
    if (whole > 0) parts.push(`${whole} ${word}`);
    else if (parts.length > 0) break;
    if (parts.length === 2) break;
  }
  return parts.join(" ") || "0 s";
}

/** A span as measured: milliseconds below a second, tenths below a minute, else as at a glance. */
export function formatExactSpan(spanMs: number): string {
  if (spanMs < 1_000) return `${Math.max(0, Math.round(spanMs))} ms`;
  if (spanMs < 60_000) return `${(Math.floor(spanMs / 100) / 10).toFixed(1)} s`;
  return formatSpan(spanMs);
}
