import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { readProcess } from "./process-table";
import { Bench, eventually, isAlive, js, steady, stubborn, up } from "./testing/bench";

test("a service that is stuck in Starting can be stopped", async () => {
  const bench = new Bench();
  await bench.open([bench.checked({ name: "stuck", autostart: true })]);
  await eventually(() => bench.detail("stuck")?.process.state === "running");
  const pid = bench.pid("stuck");
  await bench.act("stuck", "stop");
  await eventually(() => bench.moves("stuck").length === 4);
  expect(bench.moves("stuck").slice(1)).toEqual([
    "start>Starting",
    "stop>Stopping",
    "stopped successfully>Stopped",
  ]);
  expect(isAlive(pid)).toBe(false);
});

test("a stop takes back a start that still waits for another service", async () => {
  const bench = new Bench();
  await bench.open([
    bench.checked({ name: "db", autostart: true }),
    bench.spec({ name: "web", after: ["db"], autostart: true }),
  ]);
  await bench.until("web", "Starting");
  expect(bench.detail("web")?.activity).toBe("waiting for db");
  await bench.act("web", "stop");
  const stopped = await bench.until("web", "Stopped", 1);
  expect(stopped.cause.detail).toBe("stopped by anna: no process had been started yet");
  expect(bench.detail("web")).toMatchObject({ process: { state: "none" }, activity: null });
});

test("a restart whose stop fails is Error, and stays there without a restart policy", async () => {
  const bench = new Bench();
  await bench.open([
    bench.checked({ name: "mule", command: js(stubborn), autostart: true, stopTimeoutMs: 300 }),
  ]);
  await bench.until("mule", "Running");
  await bench.act("mule", "restart");
  await bench.until("mule", "Error");
  expect(bench.moves("mule").slice(-2)).toEqual(["restart>Restarting", "stop failed>Error"]);
});

test("reset clears an error, restart leaves it by a new start", async () => {
  const bench = new Bench();
  await bench.open([bench.spec({ name: "web", command: ["no-such-program"], autostart: true })]);
  await bench.until("web", "Error");
  await bench.act("web", "restart");
  await eventually(() => bench.moves("web").length === 5);
  await bench.act("web", "reset");
  await bench.until("web", "Stopped", 1);
  expect(bench.moves("web").slice(-3)).toEqual([
    "restart>Starting",
    "initialization failed>Error",
    "reset>Stopped",
  ]);
  expect(bench.last("web").cause).toMatchObject({ kind: "operator", detail: "reset by anna" });
});

test("what a process leaves behind when it dies is ended too, before a reset is done", async () => {
  const bench = new Bench();
  const child = `process.on('SIGTERM', () => {}); ${up} ${steady}`;
  const script = `require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(child)}], { stdio: 'inherit' }); ${steady}`;
  await bench.open([
    bench.checked({ name: "tree", command: js(script), autostart: true, stopTimeoutMs: 500 }),
  ]);
  await bench.until("tree", "Running");
  process.kill(bench.pid("tree"), "SIGKILL");
  const error = await bench.until("tree", "Error");
  const [leftOver] = error.evidence.leftOvers as { pid: number; command: string }[];
  expect(leftOver?.command).toBe("node");
  expect(isAlive(leftOver?.pid ?? 0)).toBe(true);
  expect(bench.detail("tree")?.activity).toBe("ending 1 left-over process");
  await bench.act("tree", "reset");
  await bench.until("tree", "Stopped", 1);
  expect(isAlive(leftOver?.pid ?? 0)).toBe(false);
});

test("a stop waits for everything of the service, also for what left its session", async () => {
  const bench = new Bench();
  const child = `process.on('SIGTERM', () => setTimeout(() => process.exit(0), 300)); ${up} ${steady}`;
  const script = `require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(child)}], { stdio: 'inherit', detached: true }); ${steady}`;
  await bench.open([bench.checked({ name: "tree", command: js(script), autostart: true })]);
  await bench.until("tree", "Running");
  await bench.act("tree", "stop");
  const stopped = await bench.until("tree", "Stopped", 1);
  const leftOvers = stopped.evidence.leftOvers as { pid: number }[];
  expect(leftOvers).toHaveLength(1);
  expect(isAlive(leftOvers[0]?.pid ?? 0)).toBe(false);
});

test("a stopped (SIGSTOP) process is ended by a stop like any other", async () => {
  const bench = new Bench();
  await bench.open([bench.spec({ name: "web", autostart: true })]);
  await bench.until("web", "Running");
  process.kill(bench.pid("web"), "SIGSTOP");
  await bench.act("web", "stop");
  expect(await bench.until("web", "Stopped", 1)).toMatchObject({ event: "stopped successfully" });
});

test("what is not possible in the present state is refused in words", async () => {
  const bench = new Bench();
  await bench.open([bench.spec({ name: "web" })]);
  const reason = "it is Stopped now";
  for (const event of ["stop", "restart", "reset"] as const)
    expect(await bench.act("web", event)).toEqual({ tag: "refused", reason });
  expect(await bench.act("nobody", "start")).toEqual({ tag: "refused", reason: "there is no such service" });
  await bench.platform.close(1_000);
  expect(await bench.act("web", "start")).toEqual({ tag: "refused", reason: "Signalbox is ending" });
});

test("a child gets its own environment, without secrets, in a session of its own, with no shell", async () => {
  const bench = new Bench();
  vi.stubEnv("DATABASE_URL", "postgres://secret@192.0.2.1/db");
  vi.stubEnv("SIGNALBOX_TEST", "ours");
  const script = `console.log(JSON.stringify({ env: process.env, args: process.argv.slice(1) })); ${up} ${steady}`;
  const command = [...js(script), "$HOME; echo $(id)", "--", "*"];
  await bench.open([bench.checked({ name: "web", command, env: { PORT: "9001" }, autostart: true })]);
  await bench.until("web", "Running");
  vi.unstubAllEnvs();
  const { env, args } = JSON.parse((await bench.platform.logs("web", { lines: 1 }))[0]?.text ?? "");
  expect(args).toEqual(["$HOME; echo $(id)", "--", "*"]);
  expect(env).toMatchObject({
    PORT: "9001",
    PATH: process.env.PATH,
    SIGNALBOX_SERVICE: `${bench.folder}:toys/web`,
  });
  expect(env).not.toHaveProperty("DATABASE_URL");
  expect(env).not.toHaveProperty("SIGNALBOX_TEST");
  expect(readProcess(bench.pid("web"))?.sessionId).toBe(bench.pid("web"));
  const record = JSON.parse(readFileSync(join(bench.folder, "state", "web.json"), "utf8"));
  expect(record).toMatchObject({ instance: bench.folder, service: "web", pid: bench.pid("web") });
});
