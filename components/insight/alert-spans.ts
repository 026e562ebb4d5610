import type { Alert } from "@/lib/wire/alert";
import type { Ends } from "./span";

/** An alert over time: what it is about began at `from`, it fired at `firedAt`. */
export interface AlertSpan extends Ends {
  readonly firedAt: number;
  readonly isOver: boolean;
  readonly alert: Alert;
  /** Which line of the lane, from 0: what overlaps stands below each other. */
  readonly line: number;
}

/** More lines than these are drawn over each other: the table has them all. */
const mostLines = 3;

/** The alerts that touch the span, the earliest first, each in the first line that is free. */
export function alertSpans(alerts: readonly Alert[], { from, to }: Ends, now: number): readonly AlertSpan[] {
  const freeFrom: number[] = [];
  return alerts
    .map((alert) => ({
      alert,
      from: Date.parse(alert.since),
      to: alert.resolvedAt === null ? now : Date.parse(alert.resolvedAt),
      firedAt: Date.parse(alert.firedAt),
      isOver: alert.resolvedAt !== null,
    }))
    .filter((span) => span.to >= from && span.from <= to)
    .sort((left, right) => left.from - right.from)
    .map((span) => {
      const free = freeFrom.findIndex((until) => until <= span.from);
      const line = free === -1 ? Math.min(freeFrom.length, mostLines - 1) : free;
      freeFrom[line] = Math.max(freeFrom[line] ?? 0, span.to);
      return { ...span, line };
    });
}

export function linesOf(spans: readonly AlertSpan[]): number {
  return Math.max(1, ...spans.map(({ line }) => line + 1));
}
