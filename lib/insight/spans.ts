/** A half-open span in whole ms since 1970, in UTC: `from` lies in it, `to` does not. */
export interface MsSpan {
  readonly from: number;
  readonly to: number;
}

export const dayMs = 86_400_000;

/** The same times in order, none of them twice: what overlaps or touches becomes one. */
export function merged(spans: readonly MsSpan[]): MsSpan[] {
  const result: { from: number; to: number }[] = [];
  const ordered = spans.filter(({ from, to }) => from < to).sort((a, b) => a.from - b.from);
  for (const { from, to } of ordered) {
    const last = result.at(-1);
    if (last && from <= last.to) last.to = Math.max(last.to, to);
    else result.push({ from, to });
  }
  return result;
}

/** How many of the spans, which are `merged`, end at or before `instant`. */
export function endedBefore(spans: readonly MsSpan[], instant: number): number {
  let [low, high] = [0, spans.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((spans[middle]?.to ?? Number.POSITIVE_INFINITY) <= instant) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** How much of `whole` lies in the spans, which are `merged`. */
export function msWithin(spans: readonly MsSpan[], whole: MsSpan): number {
  let sum = 0;
  for (let n = endedBefore(spans, whole.from); n < spans.length; n++) {
    const span = spans[n];
    if (!span || span.from >= whole.to) break;
    sum += Math.min(span.to, whole.to) - Math.max(span.from, whole.from);
  }
  return sum;
}

/** A span cut at every midnight in UTC, in order. `day` counts days since 1970-01-01. */
export function byDay({ from, to }: MsSpan): (MsSpan & { readonly day: number })[] {
  const parts: (MsSpan & { day: number })[] = [];
  for (let day = Math.floor(from / dayMs); day * dayMs < to; day++) {
    const part = { day, from: Math.max(from, day * dayMs), to: Math.min(to, (day + 1) * dayMs) };
    if (part.from < part.to) parts.push(part);
  }
  return parts;
}
