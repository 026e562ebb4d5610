import { appendFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { fromRfc3339, now } from "../../clock";
import { readAround } from "./log-around";
import { LogMarks } from "./log-marks";
import { rotateBeforeStart, rotateWhileRunning } from "./log-rotation";
import { Bench, js, makeFolder } from "./testing/bench";

/** What was read, with a bar where the instant lies. */
async function around(path: string, at: number, lines = 100, filter = {}): Promise<string> {
  const read = await readAround(path, { lines, ...filter }, at);
  const isAfter = read.map(({ knownAt }) => (fromRfc3339(knownAt ?? "") ?? 0) > at);
  const texts = read.map(({ text }) => text);
  const bar = isAfter.includes(true) ? isAfter.indexOf(true) : texts.length;
  return [...texts.slice(0, bar), "|", ...texts.slice(bar)].join(" ");
}

/** A log to which one word after the other is written, each followed by a mark at the next second. */
function written(words: readonly string[]) {
  const path = join(makeFolder(), "log");
  const marks = new LogMarks((message) => {
    throw new Error(message);
  });
  const write = (word: string, second: number) => {
    appendFileSync(path, `${word}\n`);
    marks.note(path, second * 1_000_000);
  };
  for (const [index, word] of words.entries()) write(word, index + 1);
  return { path, marks, write };
}

describe("the log around an instant", () => {
  test("is what stood there by then, and what came after it", async () => {
    const { path } = written(["one", "two", "three", "four"]);
    expect(await around(path, 2_000_000)).toBe("one two | three four");
    expect(await around(path, 2_900_000)).toBe("one two | three four");
    expect(await around(path, 3_000_000)).toBe("one two three | four");
    expect(await around(path, 500_000)).toBe("| one two three four");
    expect(await around(path, now().at)).toBe("one two three four |");
  });

  test("is half before and half after, of lines that fit", async () => {
    const { path } = written(["a1", "a2", "b1", "a3", "b2", "a4", "b3"]);
    expect(await around(path, 4_000_000, 2)).toBe("a3 | b2");
    expect(await around(path, 4_000_000, 5)).toBe("a2 b1 a3 | b2 a4");
    expect(await around(path, 4_000_000, 4, { grep: "b" })).toBe("b1 | b2 b3");
  });

  test("goes on over rotated files, in both directions", async () => {
    const { path, write } = written(["one", "two"]);
    rotateBeforeStart(path, 1);
    write("three", 3);
    await rotateWhileRunning(path, 1);
    write("four", 4);
    expect(await around(path, 1_000_000)).toBe("one | two three four");
    expect(await around(path, 2_000_000)).toBe("one two | three four");
    expect(await around(path, 3_000_000)).toBe("one two three | four");
    expect(await around(path, 4_000_000, 2)).toBe("four |");
  });

  test("gives a line that was half written then to what came after", async () => {
    const { path, marks, write } = written(["one"]);
    appendFileSync(path, "tw");
    marks.note(path, 2_000_000);
    write("o", 3);
    expect(await around(path, 2_000_000)).toBe("one | two");
  });

  test("is empty where nothing was ever written, and old where there are no marks", async () => {
    const path = join(makeFolder(), "log");
    expect(await around(path, now().at)).toBe("|");
    writeFileSync(path, "before the upgrade\n");
    expect(await around(path, now().at + 1_000_000)).toBe("before the upgrade |");
    expect(await around(path, 1)).toBe("| before the upgrade");
  });

  test("of a move: what the process wrote before it ended stands before its end", async () => {
    const bench = new Bench();
    const command = js("console.log('first'); console.log('last'); process.exit(3)");
    const restart = { on: "failure", delayMs: 100, max: 1 } as const;
    await bench.open([bench.spec({ name: "web", command, autostart: true, settleMs: 60_000, restart })]);
    await bench.until("web", "Error", 3);
    const path = join(bench.folder, "logs", "web.log");
    const [, started, ended] = bench.observations("web");
    expect(await around(path, started?.at ?? 0)).toBe("| first last first last");
    expect(await around(path, ended?.at ?? 0)).toBe("first last | first last");
  });
});
