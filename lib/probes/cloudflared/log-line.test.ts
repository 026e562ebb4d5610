import { expect, test } from "vitest";
import { readLogLine } from "./log-line";
import { noNotes, noteLine } from "./log-notes";
import { readCapture } from "./testing/capture";

const linesOf = (name: string) => readCapture(`${name}.log.txt`).split("\n");

/** How often each thing is said, in the order in which it first is. */
function sayingsOf(name: string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const line of linesOf(name)) {
    const saying = readLogLine(line);
    if (saying !== null) counts[saying.tag] = (counts[saying.tag] ?? 0) + 1;
  }
  return counts;
}

test.each([
  ["A-no-edge", { error: 16, "not-reached": 5, retrying: 2, "shutting-down": 2 }],
  ["B-connect", { error: 8, "not-reached": 1, registered: 4 }],
  ["C-reconnect", { lost: 11, retrying: 5, "not-reached": 4, registered: 4 }],
  ["D-stop", { unregistered: 4, lost: 4, retrying: 4, error: 1 }],
])("%s says what was done", (name, said) => {
  expect(sayingsOf(name)).toEqual(said);
});

test("a registered connection says which it is and where it leads", () => {
  const registered = linesOf("B-connect")
    .map(readLogLine)
    .filter((saying) => saying?.tag === "registered");
  expect(registered).toEqual([
    { tag: "registered", index: 0, location: "fra08" },
    { tag: "registered", index: 1, location: "ams01" },
    { tag: "registered", index: 2, location: "fra16" },
    { tag: "registered", index: 3, location: "ams04" },
  ]);
});

test("of an outage the newest reason is kept, and it is over with the next registration", () => {
  const after = (lines: readonly string[]) =>
    lines.reduce((notes, line, at) => noteLine(notes, line, at), noNotes).trouble;
  const lines = linesOf("C-reconnect");
  const back = lines.findIndex((line) => line.includes("Registered tunnel connection"));
  expect(after(lines.slice(0, back))).toBe(
    "the edge was not reached: failed to dial to edge with quic: timeout: no recent network activity",
  );
  expect(after(lines.slice(0, back + 1))).toBeNull();
  expect(after(linesOf("A-no-edge").slice(0, 30))).toContain("the edge was not reached");
});

test("an edge that refuses is told with its reason", () => {
  const line =
    '2026-11-22T22:15:35Z ERR Register tunnel error from server side error="Unauthorized: Invalid tunnel secret" connIndex=0';
  expect(noteLine(noNotes, line, 1).trouble).toBe("the edge refused it: Unauthorized: Invalid tunnel secret");
});

test.each(["", "no log line", "2026-11-22T22:15:30Z INF Initial protocol quic", "2026-11-22T22:15:30Z"])(
  "%o says nothing of its connections",
  (line) => {
    expect(readLogLine(line)).toBeNull();
  },
);
