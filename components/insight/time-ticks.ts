import { scaleTime } from "d3-scale";
import { timeDay, timeMonth, timeYear } from "d3-time";
import { timeFormat } from "d3-time-format";
import type { Ends } from "./span";

export interface TimeTick {
  readonly at: number;
  readonly word: string;
  /** A new day, month or year: what the ticks after it belong to. */
  readonly isStrong: boolean;
}

const toSecond = timeFormat("%H:%M:%S");
const toMinute = timeFormat("%H:%M");
const toDay = timeFormat("%-d %b");
const toMonth = timeFormat("%b");
const toYear = timeFormat("%Y");

const pxPerTick = 88;
const minute = 60_000;
const day = 24 * 60 * minute;

/** Round instants of the reader's own zone over a span that is drawn this wide. */
export function timeTicks({ from, to }: Ends, width: number): readonly TimeTick[] {
  const dates = scaleTime()
    .domain([from, to])
    .ticks(Math.max(2, Math.floor(width / pxPerTick)));
  const [first, second] = dates;
  const stepMs = first === undefined || second === undefined ? 0 : second.getTime() - first.getTime();
  return dates.map((date) => ({ at: date.getTime(), ...sayTick(date, stepMs) }));
}

function sayTick(date: Date, stepMs: number): Omit<TimeTick, "at"> {
  const begins = (interval: typeof timeDay) => interval.floor(date).getTime() === date.getTime();
  if (begins(timeYear)) return { word: toYear(date), isStrong: true };
  if (begins(timeMonth) && stepMs > 20 * day) return { word: toMonth(date), isStrong: false };
  if (begins(timeDay)) return { word: toDay(date), isStrong: stepMs < 20 * 60 * minute || begins(timeMonth) };
  if (stepMs > 0 && stepMs < minute) return { word: toSecond(date), isStrong: false };
  return { word: toMinute(date), isStrong: false };
}
