import type { Micros } from "../../machine/types";
import { spanInWords } from "../../span-in-words";
import { flapThresholds } from "./flap-score";
import { type Loop, type LoopLimits, slowLoop } from "./loops";
import type { Mark } from "./record";

/** "It came into Error by itself 4 times within 2 min 10 s, the last time: exited with code 5." */
export function sayFastLoop({ marks }: Loop): string {
  return `${sayMarks(marks)} within ${spanOf(marks)}${sayLast(marks)}`;
}

export function saySlowLoop({ marks }: Loop, limits: LoopLimits): string {
  const slow = `too slowly for a crash loop (${sayLimit(limits)}), but again and again`;
  return `${sayMarks(marks)} within ${spanOf(marks)}, ${slow}${sayLast(marks)}`;
}

export function sayFlapping(score: number): string {
  const { high, low } = flapThresholds;
  return `Its state changed so often, with nobody asking for it, that its flap score is ${score} %; it flaps from ${high} % until the score has fallen to ${low} %.`;
}

export function sayCalm(marks: readonly Mark[], at: Micros, limits: LoopLimits): string {
  const day = marks.filter((mark) => at - mark.at < slowLoop.withinMs * 1000);
  if (day.length === 0)
    return "It has neither come into Error nor been restarted by itself in the last 24 h.";
  return `${sayMarks(day)} in the last 24 h; ${sayLimit(limits)} would be a crash loop.`;
}

/** "3 times within 10 min" */
export function sayLimit({ errors, withinMs }: LoopLimits): string {
  return `${times(errors)} within ${spanInWords(withinMs)}`;
}

function sayMarks(marks: readonly Mark[]): string {
  const errors = marks.filter(({ what }) => what === "error").length;
  const restarts = marks.length - errors;
  const parts = [
    ...(errors > 0 ? [`came into Error by itself ${times(errors)}`] : []),
    ...(restarts > 0 ? [`was restarted automatically after it had ended ${times(restarts)}`] : []),
  ];
  return `It ${parts.join(" and ")}`;
}

function sayLast(marks: readonly Mark[]): string {
  const last = marks.at(-1);
  if (!last) return ".";
  if (last.startLimit) return "; the service manager has given up: the start limit was hit.";
  return `, the last time: ${last.detail.replace(/\.$/, "")}.`;
}

function spanOf(marks: readonly Mark[]): string {
  return spanInWords(((marks.at(-1)?.at ?? 0) - (marks[0]?.at ?? 0)) / 1000);
}

function times(count: number): string {
  return count === 1 ? "once" : `${count} times`;
}
