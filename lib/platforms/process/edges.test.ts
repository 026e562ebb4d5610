import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { Bench, eventually, isAlive, js, steady, stubborn, up } from "./testing/bench";

test("start and stop go the specified way, and the operator is the cause of all of it", async () => {
  const bench = new Bench();
  await bench.open([bench.spec({ name: "web" })]);
  expect(await bench.act("web", "start")).toMatchObject({ tag: "taken" });
  await bench.until("web", "Running");
  const pid = bench.pid("web");
  expect(isAlive(pid)).toBe(true);
  expect(await bench.act("web", "stop")).toMatchObject({ tag: "taken" });
  await bench.until("web", "Stopped");
  expect(isAlive(pid)).toBe(false);
  expect(bench.moves("web")).toEqual([
    "->Stopped",
    "start>Starting",
    "initialized successfully>Running",
    "stop>Stopping",
    "stopped successfully>Stopped",
  ]);
  const [first, starting, running, stopping, stopped] = bench.observations("web");
  expect(first).toMatchObject({ source: "snapshot", event: null });
  expect(starting?.cause).toEqual({
    kind: "operator",
    actor: "anna",
    commandId: "c-start",
    detail: "started by anna",
  });
  expect(running?.cause).toMatchObject({ kind: "operator", commandId: "c-start" });
  expect(running).toMatchObject({ source: "process", evidence: { pid, readyBy: "settled" } });
  expect(stopping?.cause).toMatchObject({ kind: "operator", commandId: "c-stop", detail: "stopped by anna" });
  expect(stopped?.cause).toMatchObject({
    kind: "operator",
    commandId: "c-stop",
    detail: "stopped by anna: killed by SIGTERM (signal 15)",
  });
  expect(stopped?.evidence).toMatchObject({ pid, signal: "SIGTERM", exitCode: null });
  const keys = bench.observations("web").map(({ sourceKey }) => sourceKey);
  expect(new Set(keys).size).toBe(keys.length);
});

test("restart of a running service passes Restarting, and a new process comes", async () => {
  const bench = new Bench();
  await bench.open([bench.spec({ name: "web", autostart: true })]);
  await bench.until("web", "Running");
  const before = bench.pid("web");
  await bench.act("web", "restart");
  await eventually(() => bench.moves("web").length === 6);
  expect(bench.moves("web").slice(-3)).toEqual([
    "restart>Restarting",
    "restart initiated>Starting",
    "initialized successfully>Running",
  ]);
  expect(bench.pid("web")).not.toBe(before);
  expect(bench.last("web").cause).toMatchObject({ kind: "operator", commandId: "c-restart" });
  expect(bench.observations("web")[1]?.cause).toEqual({
    kind: "service-manager",
    detail: "started together with Signalbox (autostart)",
  });
});

test("kill -9 of a child by hand is a runtime error with the signal as its cause", async () => {
  const bench = new Bench();
  const command = js(`console.log('first line'); console.log('last words'); ${up} ${steady}`);
  await bench.open([bench.checked({ name: "web", command, autostart: true })]);
  await bench.until("web", "Running");
  process.kill(bench.pid("web"), "SIGKILL");
  const error = await bench.until("web", "Error");
  expect(error).toMatchObject({
    event: "runtime error",
    cause: { kind: "service", detail: "killed by SIGKILL (signal 9), not sent by Signalbox" },
    evidence: { signal: "SIGKILL", log: ["first line", "last words"] },
  });
});

test("an exit with a code other than 0 while running is a runtime error", async () => {
  const bench = new Bench();
  const command = js(`${up} setTimeout(() => process.exit(3), 300)`);
  await bench.open([bench.checked({ name: "web", command, autostart: true })]);
  expect(await bench.until("web", "Error")).toMatchObject({
    event: "runtime error",
    cause: { kind: "service", detail: "exited with code 3" },
    evidence: { exitCode: 3 },
  });
});

test("an exit with code 0 while running is Stopped, by itself", async () => {
  const bench = new Bench();
  const command = js(`${up} setTimeout(() => process.exit(0), 300)`);
  await bench.open([bench.checked({ name: "web", command, autostart: true })]);
  await eventually(() => bench.moves("web").length === 4);
  expect(bench.last("web")).toMatchObject({
    state: "Stopped",
    event: "exited",
    cause: { kind: "service", detail: "exited with code 0 by itself" },
  });
});

test.each([
  ["a code", "process.exit(7)", "exited with code 7 before it was ready"],
  ["code 0", "process.exit(0)", "exited with code 0 before it was ready"],
])("an exit with %s before it is ready is initialization failed", async (_, script, detail) => {
  const bench = new Bench();
  const spec = bench.spec({
    name: "web",
    command: js(`console.error('no luck'); ${script}`),
    settleMs: 20_000,
  });
  await bench.open([spec]);
  await bench.act("web", "start");
  expect(await bench.until("web", "Error")).toMatchObject({
    event: "initialization failed",
    cause: { kind: "service", detail, commandId: "c-start" },
    evidence: { log: ["no luck"] },
  });
});

test("what cannot be started is initialization failed, with the reason in words", async () => {
  const bench = new Bench();
  const { folder } = bench;
  writeFileSync(join(folder, "text"), "no program");
  writeFileSync(join(folder, "script"), "#!/no/such/interpreter\n", { mode: 0o755 });
  mkdirSync(join(folder, "directory"));
  const reasons: [Parameters<Bench["spec"]>[0], string][] = [
    [{ name: "a", command: ["no-such-program"] }, "command not found: no-such-program"],
    [{ name: "b", command: ["./text"] }, "not allowed to execute: ./text"],
    [{ name: "c", command: ["./directory"] }, "not allowed to execute: ./directory"],
    [{ name: "d", command: ["./script"] }, "the interpreter that ./script asks for was not found"],
    [{ name: "e", cwd: "/no/such/folder" }, "working directory not found: /no/such/folder"],
    [{ name: "f", cwd: join(folder, "text") }, `working directory is not a directory: ${folder}/text`],
    [{ name: "g", command: [] }, "no command is given"],
    [{ name: "h", command: ["a\0b"] }, "command, arguments and environment must not hold NUL characters"],
    [{ name: "i", command: ["true", "x".repeat(5_000_000)] }, "arguments and environment are too long"],
  ];
  await bench.open(reasons.map(([spec]) => bench.spec({ autostart: true, ...spec })));
  for (const [{ name }, detail] of reasons)
    expect(await bench.until(name, "Error")).toMatchObject({
      event: "initialization failed",
      cause: { kind: "service-manager", detail },
    });
  expect(bench.moves("a")).toEqual(["->Stopped", "start>Starting", "initialization failed>Error"]);
});

test("not ready in time: the process is stopped first, then it is Error", async () => {
  const bench = new Bench();
  const spec = bench.checked({ name: "slow", autostart: true, startTimeoutMs: 1_000 });
  await bench.open([spec]);
  await bench.until("slow", "Starting");
  await eventually(() => bench.detail("slow")?.process.state === "running");
  const pid = bench.pid("slow");
  const error = await bench.until("slow", "Error");
  expect(isAlive(pid)).toBe(false);
  expect(bench.moves("slow")).toEqual(["->Stopped", "start>Starting", "initialization failed>Error"]);
  expect(error.cause).toEqual({ kind: "service-manager", detail: "not ready within 1 s: not up" });
});

test("a process that does not take SIGTERM is killed at the deadline: stop failed", async () => {
  const bench = new Bench();
  const spec = bench.checked({ name: "mule", command: js(stubborn), autostart: true, stopTimeoutMs: 500 });
  await bench.open([spec]);
  await bench.until("mule", "Running");
  const pid = bench.pid("mule");
  await bench.act("mule", "stop");
  expect(await bench.until("mule", "Error")).toMatchObject({
    event: "stop failed",
    cause: {
      kind: "service-manager",
      commandId: "c-stop",
      detail: "did not end within 500 ms of SIGTERM; killed",
    },
    evidence: { signal: "SIGKILL" },
  });
  expect(isAlive(pid)).toBe(false);
});

test("an exit with a code when asked to stop is stop failed; with 143 it is not", async () => {
  const bench = new Bench();
  const leaving = (code: number) => js(`process.on('SIGTERM', () => process.exit(${code})); ${up} ${steady}`);
  await bench.open([
    bench.checked({ name: "bad", command: leaving(1), autostart: true }),
    bench.checked({ name: "java", command: leaving(143), autostart: true }),
  ]);
  for (const name of ["bad", "java"]) {
    await bench.until(name, "Running");
    await eventually(() => existsSync(join(bench.folder, "up")));
  }
  await new Promise((done) => setTimeout(done, 500));
  await bench.act("bad", "stop");
  expect(await bench.until("bad", "Error")).toMatchObject({
    event: "stop failed",
    cause: { kind: "service", detail: "exited with code 1 when asked to stop" },
  });
  await bench.act("java", "stop");
  expect(await bench.until("java", "Stopped")).toMatchObject({ event: "stopped successfully" });
});
