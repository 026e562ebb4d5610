import { appendFileSync, readFileSync, renameSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { toLogLine } from "../log-text";
import { followLog, LineSplitter } from "./log-follow";
import { rotateBeforeStart, rotateWhileRunning } from "./log-rotation";
import { readTail, readTailNow } from "./log-tail";
import { Bench, eventually, js, makeFolder } from "./testing/bench";

const textOf = (bytes: string | Uint8Array) => {
  const buffer = Buffer.from(bytes);
  return toLogLine(buffer, buffer.length).text;
};
const texts = async (path: string, lines: number, grep?: string) =>
  (await readTail(path, { lines, grep })).map(({ text }) => text);

describe("the last lines of a log", () => {
  test("are what both streams of the process wrote, oldest first, without instants", async () => {
    const bench = new Bench();
    const script = "for (let i = 0; i < 50; i++) (i % 2 ? console.log : console.error)('line ' + i)";
    await bench.open([bench.spec({ name: "job", command: js(script), oneshot: true, autostart: true })]);
    await eventually(() => bench.moves("job").at(-1) === "finished>Stopped");
    expect(await bench.platform.logs("job", { lines: 2 })).toEqual([
      { at: null, priority: null, text: "line 48", stream: null },
      { at: null, priority: null, text: "line 49", stream: null },
    ]);
    expect(await bench.platform.logs("job", { lines: 100 })).toHaveLength(50);
    const found = await bench.platform.logs("job", { lines: 100, grep: "LINE 4" });
    expect(found.map(({ text }) => text)).toHaveLength(11);
    expect(await bench.platform.logs("nobody", { lines: 10 })).toEqual([]);
  });

  test("are the same as by reading the whole file, wherever its chunks are cut", async () => {
    const path = join(makeFolder(), "log");
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof(fc.nat(30), fc.nat(70_000)), { maxLength: 12 }),
        fc.boolean(),
        fc.integer({ min: 1, max: 14 }),
        async (lengths, newlineAtEnd, count) => {
          const lines = lengths.map((length, index) => String(index % 10).repeat(length));
          writeFileSync(path, lines.join("\n") + (newlineAtEnd && lines.length > 0 ? "\n" : ""));
          const whole = readFileSync(path, "utf8").split("\n");
          if (whole.at(-1) === "") whole.pop();
          expect(await texts(path, count)).toEqual(whole.slice(-count).map(textOf));
        },
      ),
      { numRuns: 60 },
    );
  });

  test("come from the rotated files where the newest does not have enough", async () => {
    const path = join(makeFolder(), "log");
    writeFileSync(`${path}.2`, "one\ntwo\n");
    writeFileSync(`${path}.1`, "three\n");
    writeFileSync(path, "four\nfive\n");
    expect(await texts(path, 4)).toEqual(["two", "three", "four", "five"]);
    expect(await texts(path, 100, "t")).toEqual(["two", "three"]);
  });

  test("are urgent enough, where they say how urgent they are", async () => {
    const path = join(makeFolder(), "log");
    writeFileSync(path, "<3>broke\n<4>odd\n<6>fine\nplain\n");
    const read = async (priority: number) =>
      (await readTail(path, { lines: 10, priority })).map(({ text }) => text);
    expect(await read(3)).toEqual(["broke", "plain"]);
    expect(await read(4)).toEqual(["broke", "odd", "plain"]);
    expect(await read(7)).toHaveLength(4);
  });

  test("can be had at once, for the evidence of a failure", () => {
    const path = join(makeFolder(), "log");
    expect(readTailNow(path, 3)).toEqual([]);
    writeFileSync(path, "one\ntwo\n\nü\n");
    expect(readTailNow(path, 3)).toEqual(["two", "", "ü"]);
    appendFileSync(path, `${"x".repeat(100_000)}\nlast`);
    expect(readTailNow(path, 3)).toEqual(["last"]);
  });
});

describe("a line of a log", () => {
  test("is shown without a terminal's colours, with other control characters made visible", () => {
    expect(textOf("\u001b[1;31merror\u001b[0m: \u001b]8;;http://192.0.2.1\u0007link\u001b]8;;\u0007")).toBe(
      "error: link",
    );
    expect(textOf("a\0b\tc\rd\u007f\u009b\r")).toBe("a␀b\tc␍d␡\\x9b");
    expect(textOf("abc\u202egnp")).toBe("abc\\u202egnp");
    expect(textOf(Uint8Array.of(0x61, 0xff, 0xfe, 0xc3))).toBe("a\ufffd\ufffd\ufffd");
  });

  test("says its priority as systemd's services do, and only there", () => {
    const line = (text: string) => toLogLine(Buffer.from(text), text.length);
    expect(line("<3>disk full")).toMatchObject({ priority: 3, text: "disk full" });
    expect(line("<7>")).toMatchObject({ priority: 7, text: "" });
    expect(line("<8>eight")).toMatchObject({ priority: null, text: "<8>eight" });
    expect(line("a <3>")).toMatchObject({ priority: null, text: "a <3>" });
  });

  test("that is too long is cut, and says how long it was", () => {
    const text = textOf("x".repeat(20_000));
    expect(text).toBe(`${"x".repeat(16_384)} … (cut: the line has 20000 bytes)`);
  });

  test("comes out whole however the stream is cut", () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: "grapheme" })),
        fc.array(fc.integer({ min: 1, max: 9 })),
        (lines, cuts) => {
          const clean = lines.map((line) => line.replace(/\n/g, ""));
          const bytes = Buffer.from(clean.map((line) => `${line}\n`).join(""));
          const told: string[] = [];
          const splitter = new LineSplitter(({ text }) => told.push(text));
          let from = 0;
          for (const cut of [...cuts, bytes.length]) {
            splitter.push(bytes.subarray(from, from + cut));
            from = Math.min(bytes.length, from + cut);
          }
          expect(told).toEqual(clean.map(textOf));
        },
      ),
    );
  });
});

describe("following a log", () => {
  test("tells every line from now on, through a rotation and an emptying, until it is aborted", async () => {
    const path = join(makeFolder(), "log");
    writeFileSync(path, "old\nhalf");
    const aborter = new AbortController();
    const told: string[] = [];
    const followed = followLog(path, { lines: 0 }, aborter.signal, ({ text }) => told.push(text));
    const until = (count: number) =>
      eventually(
        () => told.length === count,
        () => told.join("|"),
      );
    await new Promise((done) => setTimeout(done, 50));
    appendFileSync(path, " a line\nnext\n");
    await until(2);
    appendFileSync(path, "before the rotation\n");
    renameSync(path, `${path}.1`);
    writeFileSync(path, "after the rotation\n");
    await until(4);
    truncateSync(path, 0);
    appendFileSync(path, "emptied\n");
    await until(5);
    aborter.abort();
    await followed;
    expect(told).toEqual(["half a line", "next", "before the rotation", "after the rotation", "emptied"]);
  });

  test("waits for a log that is not there yet", async () => {
    const bench = new Bench();
    await bench.open([bench.spec({ name: "web", command: js("console.log('hello')") })]);
    const aborter = new AbortController();
    const told: string[] = [];
    const followed = bench.platform.followLogs("web", { lines: 0 }, aborter.signal, ({ text }) =>
      told.push(text),
    );
    await bench.act("web", "start");
    await eventually(() => told.length === 1);
    expect(told).toEqual(["hello"]);
    await bench.platform.close(1_000);
    await followed;
  });
});

describe("rotation", () => {
  test("before a start puts a log aside that has grown, and keeps two", () => {
    const path = join(makeFolder(), "log");
    for (const text of ["first", "second", "third", "fourth"]) {
      writeFileSync(path, text);
      rotateBeforeStart(path, 3);
    }
    expect(readFileSync(`${path}.1`, "utf8")).toBe("fourth");
    expect(readFileSync(`${path}.2`, "utf8")).toBe("third");
    writeFileSync(path, "ok");
    rotateBeforeStart(path, 3);
    expect(readFileSync(path, "utf8")).toBe("ok");
  });

  test("while a process writes loses nothing that was written before, and the process writes on", async () => {
    const bench = new Bench();
    const script = "let i = 0; setInterval(() => console.log('line ' + i++), 10)";
    await bench.open([bench.spec({ name: "web", command: js(script), autostart: true })]);
    await bench.until("web", "Running");
    const path = join(bench.folder, "logs", "web.log");
    await eventually(() => statSync(path).size > 10);
    const before = (await texts(path, 1_000)).at(-1) ?? "";
    await rotateWhileRunning(path, 10);
    expect(readFileSync(`${path}.1`, "utf8")).toContain(before);
    await eventually(() => statSync(path).size > 0);
    expect(readFileSync(path, "utf8")).toMatch(/^line \d+\n/);
  });
});
