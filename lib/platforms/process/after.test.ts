import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { LastKnown } from "../contract";
import { closeInOrder } from "./close-in-order";
import { shouldStart } from "./should-start";
import { startOrder } from "./start-order";
import { Bench, eventually, isAlive, js, stubborn, whileThere } from "./testing/bench";

describe("after", () => {
  test("a service starts when those before it are running, and says meanwhile what it waits for", async () => {
    const bench = new Bench();
    await bench.open([
      bench.spec({ name: "web", after: ["api", "db"], autostart: true }),
      bench.spec({ name: "api", after: ["db"], autostart: true }),
      bench.checked({ name: "db", autostart: true }),
    ]);
    await bench.until("web", "Starting");
    expect(bench.detail("web")?.activity).toBe("waiting for db, api");
    expect(bench.detail("api")?.activity).toBe("waiting for db");
    writeFileSync(join(bench.folder, "up"), "");
    await bench.until("web", "Running");
    const running = bench.reports.flatMap((report) =>
      report.tag === "observation" && report.observation.state === "Running" ? [report.service] : [],
    );
    expect(running).toEqual(["db", "api", "web"]);
  });

  test("a one-shot that has finished, and a service in Error or Stopped, hold nobody up", async () => {
    const bench = new Bench();
    await bench.open([
      bench.spec({ name: "migrate", command: js("0"), oneshot: true, autostart: true }),
      bench.spec({ name: "broken", command: ["no-such-program"], autostart: true }),
      bench.spec({ name: "off" }),
      bench.spec({ name: "web", after: ["migrate", "broken", "off", "nowhere"], autostart: true }),
    ]);
    await bench.until("web", "Running");
    expect(bench.last("migrate").event).toBe("finished");
    expect(bench.last("broken").state).toBe("Error");
  });

  test("a start by hand waits for a predecessor that is starting", async () => {
    const bench = new Bench();
    await bench.open([bench.checked({ name: "db" }), bench.spec({ name: "web", after: ["db"] })]);
    await bench.act("db", "start");
    await bench.act("web", "start");
    expect(bench.detail("web")?.activity).toBe("waiting for db");
    writeFileSync(join(bench.folder, "up"), "");
    await bench.until("web", "Running");
  });

  test("a circle holds nobody up for ever", async () => {
    const bench = new Bench();
    await bench.open([
      bench.spec({ name: "a", after: ["b"], autostart: true }),
      bench.spec({ name: "b", after: ["a"], autostart: true }),
    ]);
    await bench.until("a", "Running");
    await bench.until("b", "Running");
  });

  test("the order of starts follows it, however long the chain", () => {
    const chain = Array.from({ length: 500 }, (_, i) => ({ name: `s${i}`, after: [`s${i + 1}`] }));
    expect(startOrder(chain).map(({ name }) => name)).toEqual(chain.map(({ name }) => name).reverse());
  });
});

describe("closing", () => {
  /** Long enough that what is left after the kill is enough to see the end of it on a busy machine. */
  const hurriedMs = 4_000;

  test("stops all, dependants first, and tells every move", async () => {
    const bench = new Bench();
    await bench.open([
      bench.spec({ name: "db", autostart: true }),
      bench.spec({ name: "web", after: ["db"], autostart: true }),
      bench.checked({ name: "stuck", autostart: true }),
    ]);
    await bench.until("web", "Running");
    const pids = ["db", "web", "stuck"].map((name) => bench.pid(name));
    await bench.platform.close(10_000);
    expect(pids.map(isAlive)).toEqual([false, false, false]);
    expect(bench.moves("web").slice(-2)).toEqual(["stop>Stopping", "stopped successfully>Stopped"]);
    expect(bench.moves("stuck").slice(-2)).toEqual(["stop>Stopping", "stopped successfully>Stopped"]);
    expect(bench.last("db").cause).toEqual({
      kind: "service-manager",
      detail: "Signalbox was ended: killed by SIGTERM (signal 15)",
    });
    const stopped = bench.reports.flatMap((report) =>
      report.tag === "observation" && report.observation.state === "Stopped" ? [report.service] : [],
    );
    expect(stopped.indexOf("web", 3)).toBeLessThan(stopped.indexOf("db", 3));
  });

  test("kills shortly before its deadline what has not ended, and says that it was hurried", async () => {
    const bench = new Bench();
    await bench.open([bench.checked({ name: "mule", command: js(stubborn), autostart: true })]);
    await bench.until("mule", "Running");
    const pid = bench.pid("mule");
    await bench.platform.close(hurriedMs);
    await eventually(() => !isAlive(pid));
    expect(bench.last("mule")).toMatchObject({ state: "Error", event: "stop failed" });
    expect(bench.last("mule").cause.detail).toMatch(
      /^did not end within [\d.]+ m?s of SIGTERM, all the time there was because Signalbox itself was ending; killed$/,
    );
  });

  test("brings a stop forward that is already under way, and starts nothing any more", async () => {
    const bench = new Bench();
    const restart = { on: "always", delayMs: 100, max: null } as const;
    await bench.open([
      bench.checked({ name: "mule", command: js(stubborn), autostart: true }),
      bench.spec({ name: "loop", command: ["no-such-program"], restart: { ...restart, delayMs: 60_000 } }),
      bench.spec({ name: "quick", restart, autostart: true }),
    ]);
    await bench.until("mule", "Running");
    await bench.act("mule", "stop");
    await bench.act("loop", "start");
    await eventually(() => bench.detail("loop")?.activity !== null && bench.last("loop").state === "Error");
    await bench.platform.close(hurriedMs);
    expect(bench.last("mule")).toMatchObject({ event: "stop failed", cause: { commandId: "c-stop" } });
    expect(bench.last("loop").state).toBe("Error");
    expect(bench.detail("loop")?.activity).toBeNull();
    expect(bench.last("quick").state).toBe("Stopped");
  });

  test("ends a restart on its way as Stopped, without claiming an event", async () => {
    const bench = new Bench();
    const slow = "process.on('SIGTERM', () => setTimeout(() => process.exit(0), 400));";
    const command = js(`${slow} require('node:fs').writeFileSync('up', ''); setInterval(() => {}, 1000)`);
    await bench.open([bench.checked({ name: "web", command, autostart: true })]);
    await bench.until("web", "Running");
    await bench.act("web", "restart");
    await bench.platform.close(5_000);
    expect(bench.moves("web").slice(-2)).toEqual(["restart>Restarting", "->Stopped"]);
  });

  test("waits for dependants only a third of its time, and never longer than all of it", async () => {
    const ended: string[] = [];
    const never = new Promise<void>(() => undefined);
    const before = performance.now();
    await closeInOrder(
      [
        { name: "db", after: [], end: async () => void ended.push("db") },
        { name: "web", after: ["db"], end: () => never },
      ],
      300,
    );
    expect(ended).toEqual(["db"]);
    expect(performance.now() - before).toBeGreaterThanOrEqual(290);
  });
});

describe("what is started when Signalbox starts", () => {
  const known = (state: string | null, wanted: boolean, decided: boolean): LastKnown => ({
    service: "x",
    state,
    since: null,
    sourceKeys: new Set(),
    wanted,
    decided,
  });
  const service = { oneshot: false, autostart: false };
  const resumed = { tag: "resumed" };
  const autostart = { tag: "autostart" };

  test.each([
    ["never decided, no autostart", service, undefined, null],
    ["never decided, autostart", { ...service, autostart: true }, undefined, autostart],
    ["stopped by somebody, autostart", { ...service, autostart: true }, known("Stopped", false, true), null],
    ["was to be up", service, known("Stopped", true, true), resumed],
    ["was to be up, ended in Error", service, known("Error", true, true), resumed],
    ["one-shot that has finished", { ...service, oneshot: true }, known("Stopped", true, true), null],
    ["one-shot that was interrupted", { ...service, oneshot: true }, known("Starting", true, true), resumed],
    ["one-shot of every start", { oneshot: true, autostart: true }, known("Stopped", true, true), autostart],
  ])("%s", (_, spec, last, expected) => {
    expect(shouldStart(spec, last)).toEqual(expected);
  });
});

test("reconfigure: what is dropped is stopped, what is new starts, what has changed is so at its next start", async () => {
  const bench = new Bench();
  await bench.open([bench.spec({ name: "a", autostart: true }), bench.spec({ name: "b", autostart: true })]);
  await bench.until("a", "Running");
  await bench.until("b", "Running");
  const [a, b] = [bench.pid("a"), bench.pid("b")];
  const probe = whileThere(join(bench.folder, "state"));
  await bench.platform.reconfigure([
    bench.spec({ name: "b", probe }),
    bench.spec({ name: "c", autostart: true }),
    bench.spec({ name: "d" }),
  ]);
  expect(isAlive(a)).toBe(false);
  expect(bench.last("a").cause.detail).toContain("it was taken out of the configuration");
  expect(await bench.act("a", "start")).toMatchObject({ tag: "refused" });
  await bench.until("c", "Running");
  expect(bench.moves("d")).toEqual(["->Stopped"]);
  expect(bench.pid("b")).toBe(b);
  await bench.act("b", "restart");
  await eventually(() => bench.moves("b").length === 6);
  expect(bench.last("b").evidence).toMatchObject({ readyBy: "health" });
});
