import { expect, test } from "vitest";
import { aTransition } from "../live/examples";
import { historyEntries, holeIn } from "./history-entries";

const at = (minute: string) => `2026-11-23T08:${minute}:00.000000Z`;
const move = (seq: number, minute: string) => aTransition({ id: `t${seq}`, seq, at: at(minute) });
const gap = (from: string, to: string | null) => ({
  from: at(from),
  to: to === null ? null : at(to),
  reason: "Signalbox was not running",
  recovered: false,
});
const said = (entries: ReturnType<typeof historyEntries>) =>
  entries.map((entry) =>
    entry.tag === "move" ? entry.transition.id : `gap ${entry.gap.from.slice(14, 16)}`,
  );

test("a gap stands between the last move before it and what was found at its end", () => {
  const entries = historyEntries([move(3, "20"), move(2, "10"), move(1, "00")], [gap("12", "20")], true);
  expect(said(entries)).toEqual(["t3", "gap 12", "t2", "t1"]);
});

test("a gap that is not over stands on top", () => {
  expect(said(historyEntries([move(1, "00")], [gap("05", null)], true))).toEqual(["gap 05", "t1"]);
});

test("a gap older than what is loaded waits for its part of the history", () => {
  const gaps = [gap("15", "16"), gap("01", "02")];
  expect(said(historyEntries([move(9, "20"), move(8, "10")], gaps, false))).toEqual(["t9", "gap 15", "t8"]);
  expect(said(historyEntries([move(9, "20"), move(8, "10")], gaps, true))).toEqual([
    "t9",
    "gap 15",
    "t8",
    "gap 01",
  ]);
});

test("moves that the feed told and that were not kept are noticed as missing", () => {
  expect(holeIn([move(5, "20"), move(4, "10"), move(3, "00")])).toBeNull();
  expect(holeIn([move(9, "20"), move(4, "10"), move(3, "00")])).toBe(4);
  expect(holeIn([])).toBeNull();
});
