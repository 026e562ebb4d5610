import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Writable } from "node:stream";
import { fileURLToPath } from "node:url";
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

const captures = new URL("../platforms/systemd/fixtures/captures/", import.meta.url);

function systemd(name: string): string {
  return fileURLToPath(new URL(`${name}.jsonl`, captures));
}

async function replay(argv: readonly string[], stdout = new Reader()) {
  const stderr = new Reader();
  const code = await main(argv, { root: "/", cwd: "/", stdout, stderr });
  const told = stdout.lines.map(
    (line) => JSON.parse(line) as { service: string; from: string | null; to: string; event: string | null },
  );
  return {
    code,
    told,
    moves: told.map(({ from, to, event }) => `${from} ${event}> ${to}`),
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

const crash = [
  "Stopped start> Starting",
  "Starting initialized successfully> Running",
  "Running runtime error> Error",
  "Error restart> Starting",
];

test.each(["journal", "signals", "busctl"])(
  "systemd's captures are told by their format: %s",
  async (format) => {
    const { code, told, moves } = await replay([systemd(`15-crash-restart.${format}`)]);
    expect(code).toBe(0);
    expect(moves).toEqual(crash);
    expect(told[0]).toEqual({
      service: "sb-crash-restart",
      from: "Stopped",
      to: "Starting",
      event: "start",
      at: expect.stringMatching(/^2026-11-22T21:46:55\.4285[03]6Z$/),
      cause: { kind: "host-operator", detail: "started by someone on the host" },
      declared: true,
      inferred: format === "journal",
    });
  },
);

test.each(["journal", "signals"])("--settle says how long a unit has to stay up: %s", async (format) => {
  const { moves } = await replay(["--settle", "1500", systemd(`15-crash-restart.${format}`)]);
  expect(moves[1]).toBe("Starting initialization failed> Error");
  expect((await replay(["--settle", "soon", systemd("15-crash-restart.journal")])).errors).toContain(
    "--settle",
  );
});

test("--unit picks one of a capture's units, with or without .service", async () => {
  const capture = systemd("30-dependency.journal");
  const all = await replay([capture]);
  expect(new Set(all.told.map(({ service }) => service))).toEqual(
    new Set(["sb-startfail-notify", "sb-dependent"]),
  );
  for (const unit of ["sb-dependent", "sb-dependent.service"]) {
    const { moves } = await replay(["--unit", unit, capture]);
    expect(moves).toEqual(["Stopped start> Starting", "Starting skipped> Stopped"]);
  }
});

test("one file after the other is one history", async () => {
  const files = ["05-notify-start", "07-notify-stop"].map((name) => systemd(`${name}.journal`));
  expect((await replay(files)).moves).toEqual([
    "Stopped start> Starting",
    "Starting initialized successfully> Running",
    "Running stop> Stopping",
    "Stopping stopped successfully> Stopped",
  ]);
  const { moves } = await replay(["--initial", "Error", files[0] ?? ""]);
  expect(moves[0]).toBe("Error restart> Starting");
});

test.each(["journal", "signals"])("of a besu node systemd knows no Running: %s", async (format) => {
  const { moves } = await replay(["--kind", "besu", systemd(`05-notify-start.${format}`)]);
  expect(moves).toEqual(["Stopped start> Starting"]);
});

test("a text that is no capture at all is named, and what would be one", async () => {
  const file = capture([]);
  writeFileSync(file, "-- Logs begin at Mon --\nNov 28 host systemd[1]: Started web.\n");
  const { code, errors } = await replay([file]);
  expect(code).toBe(1);
  expect(errors).toContain("line 1 is no JSON");
  expect(errors).toContain("journalctl -o json");
});

test("nothing to tell is no error", async () => {
  expect(await replay([systemd("18-failed-reset.journal")])).toMatchObject({ code: 0, moves: [] });
});
