import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { nextRestart } from "./backoff";
import { Bench, eventually, js, steady, up } from "./testing/bench";

describe("automatic restart", () => {
  test("comes after a failure, says when and which attempt, and gives up after the last", async () => {
    const bench = new Bench();
    const restart = { on: "failure", delayMs: 100, max: 2 } as const;
    await bench.open([
      bench.spec({ name: "loop", command: js("process.exit(4)"), settleMs: 9_000, restart }),
    ]);
    await bench.act("loop", "start");
    await eventually(() => bench.detail("loop")?.process.detail.includes("gave up") ?? false);
    expect(bench.moves("loop")).toEqual([
      "->Stopped",
      "start>Starting",
      "initialization failed>Error",
      "restart>Starting",
      "initialization failed>Error",
      "restart>Starting",
      "initialization failed>Error",
    ]);
    const activities = bench.reports.flatMap((report) =>
      report.tag === "detail" && report.detail.activity ? [report.detail.activity] : [],
    );
    expect(activities).toEqual([
      "restarts by itself in 100 ms, attempt 1 of 2",
      "restarts by itself in 200 ms, attempt 2 of 2",
    ]);
    expect(bench.observations("loop")[5]?.cause).toEqual({
      kind: "service-manager",
      detail: "automatic restart, attempt 2 of 2",
    });
    expect(bench.detail("loop")).toMatchObject({
      process: { detail: "exited with code 4; gave up after 2 attempts" },
      activity: null,
    });
  });

  test("comes after a clean end only where it is asked for always", async () => {
    const bench = new Bench();
    const command = js(`${up} setTimeout(() => process.exit(0), 200)`);
    const spec = (name: string, on: "failure" | "always") =>
      bench.checked({ name, command, autostart: true, restart: { on, delayMs: 300, max: 5 } });
    await bench.open([spec("a", "always"), spec("f", "failure")]);
    await eventually(() => bench.moves("a").length >= 6);
    expect(bench.moves("a").slice(1, 6)).toEqual([
      "start>Starting",
      "initialized successfully>Running",
      "exited>Stopped",
      "start>Starting",
      "initialized successfully>Running",
    ]);
    const activities = bench.reports.flatMap((report) =>
      report.tag === "detail" ? [report.detail.activity] : [],
    );
    expect(activities).toContain("starts by itself in 300 ms");
    expect(bench.last("f").state).toBe("Stopped");
  });

  test("is cancelled by a reset, and never comes after a stop", async () => {
    const bench = new Bench();
    const restart = { on: "always", delayMs: 400, max: null } as const;
    await bench.open([
      bench.spec({ name: "loop", command: js("process.exit(4)"), settleMs: 9_000, restart, autostart: true }),
      bench.spec({ name: "web", restart, autostart: true }),
    ]);
    await eventually(() => bench.detail("loop")?.activity === "restarts by itself in 400 ms, attempt 1");
    await bench.act("loop", "reset");
    await bench.until("web", "Running");
    await bench.act("web", "stop");
    await bench.until("web", "Stopped", 1);
    await new Promise((done) => setTimeout(done, 800));
    expect(bench.last("loop")).toMatchObject({ state: "Stopped", event: "reset" });
    expect(bench.detail("loop")?.activity).toBeNull();
    expect(bench.last("web").state).toBe("Stopped");
  });

  test("a stop while it waits in Error is Stopped", async () => {
    const bench = new Bench();
    const restart = { on: "failure", delayMs: 60_000, max: null } as const;
    await bench.open([bench.spec({ name: "loop", command: ["no-such-program"], restart, autostart: true })]);
    await eventually(() => bench.detail("loop")?.activity !== null && bench.last("loop").state === "Error");
    await bench.act("loop", "stop");
    expect(bench.last("loop")).toMatchObject({
      state: "Stopped",
      event: "stopped",
      cause: { kind: "operator" },
    });
  });
});

describe("the next restart", () => {
  const failure = { failed: true, runningMs: 0 };
  const policy = { on: "failure", delayMs: 2_000, max: null } as const;
  const delays = (count: number) =>
    Array.from({ length: count }, (_, before) => {
      const next = nextRestart(policy, false, before, failure);
      return next.tag === "in" ? next.inMs : next.tag;
    });

  test("is put off twice as long with every failure in a row, up to five minutes", () => {
    expect(delays(10)).toEqual([
      2_000, 4_000, 8_000, 16_000, 32_000, 64_000, 128_000, 256_000, 300_000, 300_000,
    ]);
    expect(nextRestart(policy, false, 5_000, failure)).toMatchObject({ inMs: 300_000 });
  });

  test("is the first one again when the process has run for a minute, or for ten delays", () => {
    expect(nextRestart(policy, false, 4, { failed: true, runningMs: 59_000 })).toMatchObject({ attempt: 5 });
    expect(nextRestart(policy, false, 4, { failed: true, runningMs: 60_000 })).toMatchObject({ attempt: 1 });
    const slow = { ...policy, delayMs: 30_000 };
    expect(nextRestart(slow, false, 4, { failed: true, runningMs: 60_000 })).toMatchObject({ attempt: 5 });
    expect(nextRestart(slow, false, 4, { failed: true, runningMs: 300_000 })).toMatchObject({ attempt: 1 });
  });

  test("never comes at once: a delay of nought is no busy loop", () => {
    expect(nextRestart({ ...policy, delayMs: 0 }, false, 0, failure)).toMatchObject({ inMs: 100 });
  });

  test("does not come for one-shots that have finished, or by a policy that says never", () => {
    const done = { failed: false, runningMs: 0 };
    expect(nextRestart({ ...policy, on: "always" }, true, 0, done)).toEqual({ tag: "none" });
    expect(nextRestart({ ...policy, on: "never" }, false, 0, failure)).toEqual({ tag: "none" });
    expect(nextRestart({ ...policy, max: 0 }, false, 0, failure)).toEqual({ tag: "none" });
    expect(nextRestart({ ...policy, max: 3 }, false, 3, failure)).toEqual({ tag: "given-up", attempts: 3 });
  });
});

describe("a one-shot", () => {
  test("is Starting while it runs and Stopped when it has finished", async () => {
    const bench = new Bench();
    await bench.open([
      bench.spec({ name: "job", command: js("setTimeout(() => console.log('done'), 300)"), oneshot: true }),
    ]);
    await bench.act("job", "start");
    await bench.until("job", "Stopped", 1);
    expect(bench.moves("job")).toEqual(["->Stopped", "start>Starting", "finished>Stopped"]);
    expect(bench.last("job").cause).toEqual({ kind: "service", detail: "finished with exit code 0" });
  });

  test("that fails, or takes too long, is initialization failed", async () => {
    const bench = new Bench();
    await bench.open([
      bench.spec({ name: "bad", command: js("process.exit(9)"), oneshot: true, autostart: true }),
      bench.spec({ name: "long", oneshot: true, startTimeoutMs: 300, autostart: true }),
    ]);
    expect((await bench.until("bad", "Error")).cause.detail).toBe("exited with code 9");
    expect((await bench.until("long", "Error")).cause.detail).toBe("not finished within 300 ms");
  });
});

test("health is told beside the state: failing after so many bad checks, ok with the first good one", async () => {
  const bench = new Bench();
  await bench.open([
    bench.checked({ name: "web", command: js(`${up} ${steady}`), autostart: true }),
    bench.spec({ name: "mute" }),
  ]);
  await bench.until("web", "Running");
  expect(bench.detail("mute")?.health).toEqual({ status: "unknown", detail: "no health check configured" });
  expect(bench.detail("web")?.health).toEqual({ status: "ok", detail: "up" });
  expect(bench.last("web").cause.detail).toContain("health check passed (up)");
  rmSync(join(bench.folder, "up"));
  await eventually(() => bench.detail("web")?.health.status === "failing");
  expect(bench.detail("web")?.health.detail).toBe("not up");
  writeFileSync(join(bench.folder, "up"), "");
  await eventually(() => bench.detail("web")?.health.status === "ok");
  expect(bench.last("web").state).toBe("Running");
});
