import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Writable } from "node:stream";
import { expect, onTestFinished, test } from "vitest";
import { main } from "./replay";

const stamp = { service: "web", at: 1_000_000, monotonic: 1, bootId: "b", invocation: "i" };

/** What a run writes that begins after one that was killed, and ends what that one left. */
const afterKill = [
  { tag: "opened", state: "Running", probed: false },
  { tag: "found-left-over", processes: [{ pid: 7, startTime: "1", command: "web" }], begun: null },
  { tag: "stop-begun", trigger: { tag: "left-over" }, purpose: "left-over" },
  { tag: "cleared", leftOvers: [] },
];

function capture(facts: readonly object[]): string {
  const folder = mkdtempSync(join(tmpdir(), "signalbox-replay-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, "web.facts.jsonl");
  writeFileSync(file, facts.map((fact) => `${JSON.stringify({ ...stamp, ...fact })}\n`).join(""));
  return file;
}

/** Takes `most` lines; then whoever read them has gone. */
class Reader extends Writable {
  readonly lines: string[] = [];
  readonly #most: number;

  constructor(most = Number.POSITIVE_INFINITY) {
    super();
    this.#most = most;
  }

  override _write(chunk: Buffer, _: BufferEncoding, done: (error?: Error) => void): void {
    const gone = this.lines.length >= this.#most;
    if (!gone) this.lines.push(chunk.toString());
    done(gone ? Object.assign(new Error("write EPIPE"), { code: "EPIPE" }) : undefined);
  }
}

async function replay(argv: readonly string[], stdout = new Reader()) {
  const stderr = new Reader();
  const code = await main(argv, { root: "/", cwd: "/", stdout, stderr });
  const moves = stdout.lines.map(
    (line) => JSON.parse(line) as { from: string | null; to: string; event: string | null },
  );
  return {
    code,
    moves: moves.map(({ from, to, event }) => `${from} ${event}> ${to}`),
    errors: stderr.lines.join(""),
  };
}

test("a capture begins in the state that it says it began in", async () => {
  const { code, moves } = await replay([capture(afterKill)]);
  expect(code).toBe(0);
  expect(moves).toEqual(["Running stop> Stopping", "Stopping stopped successfully> Stopped"]);
});

test("--initial says better", async () => {
  const { moves } = await replay(["--initial", "Starting", capture(afterKill)]);
  expect(moves[0]).toBe("Starting stop> Stopping");
});

test("when whoever reads goes away, it ends without a word", async () => {
  const { code, moves, errors } = await replay([capture(afterKill)], new Reader(1));
  expect(code).toBe(0);
  expect(moves).toHaveLength(1);
  expect(errors).toBe("");
});

test("what is no capture is named, with its line", async () => {
  const { code, errors } = await replay([capture([{ tag: "dreamt" }])]);
  expect(code).toBe(1);
  expect(errors).toContain("line 1 is not a fact of the process supervisor");
});
