import { expect, test } from "vitest";
import type { LogLine } from "@/lib/wire/service";
import { levelQuery, readLogView, writeLogView } from "./log-view";
import { splitAt } from "./split-at";
import { visibleText } from "./visible-text";

const at = "2026-11-23T08:17:03.123456Z";

test("what is shown of a log survives the way through an address", () => {
  for (const view of [
    { level: "all", at: null },
    { level: "error", at },
    { level: "warning", at: null },
  ] as const)
    expect(readLogView(new URLSearchParams(writeLogView(view)))).toEqual(view);
  expect(writeLogView({ level: "all", at: null })).toBe("");
});

test("what an address asks for wrongly is left out", () => {
  expect(readLogView(new URLSearchParams("log=loud&logAt=yesterday"))).toEqual({ level: "all", at: null });
});

test("levels ask for syslog's priorities", () => {
  expect([levelQuery("all"), levelQuery("warning"), levelQuery("error")]).toEqual([
    "",
    "&priority=4",
    "&priority=3",
  ]);
});

const line = (text: string, when: Partial<LogLine> = {}): LogLine => ({
  at: null,
  priority: null,
  stream: null,
  text,
  ...when,
});
const split = (lines: readonly LogLine[]) => {
  const { before, after } = splitAt(lines, at);
  return [...before.map(({ text }) => text), "|", ...after.map(({ text }) => text)].join(" ");
};

test("lines are split at the moment by their instants, those of the moment itself before it", () => {
  const later = "2026-11-23T08:17:03.123457Z";
  expect(
    split([line("a", { at: "2026-11-23T08:17:00.000000Z" }), line("b", { at }), line("c", { at: later })]),
  ).toBe("a b | c");
  expect(split([line("a", { knownAt: at }), line("b", { knownAt: later }), line("c")])).toBe("a | b c");
  expect(split([line("a"), line("b")])).toBe("a b |");
  expect(split([])).toBe("|");
});

test("nothing that a line holds is unseen, or moves what stands beside it", () => {
  expect(visibleText("a\0b\tc\u001b[31m\u007f")).toBe("a␀b\tc␛[31m␡");
  expect(visibleText("pay\u202egnp.exe\u2028next\u200b")).toBe("pay\\u202egnp.exe\\u2028next\\u200b");
  expect(visibleText("grüße 👋 日本")).toBe("grüße 👋 日本");
});
