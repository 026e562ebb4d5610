import { afterAll, beforeAll, expect, it } from "vitest";
import { describeOnHosts } from "../../e2e/support/systemd/describe-on-hosts";
import { SystemdHost } from "../../e2e/support/systemd-host";
import { TestFleet, until } from "./testing/test-fleet";

const units = [
  "simple",
  "notify",
  "crash-restart",
  "crash-norestart",
  "thrash",
  "stoptimeout",
  "stopfail",
  "java143",
  "condition",
  "dependent",
  "startfail-notify",
  "oneshot",
  "watchdog",
  "cleanexit",
];

/** What really happens on a real systemd, and what becomes of it in history (DOMAIN §6). */
describeOnHosts("a systemd host", () => {
  let host: SystemdHost;
  let fleet: TestFleet;

  beforeAll(async () => {
    host = await SystemdHost.boot({ name: "node1" });
    const services = units.map((unit) => `  - { host: node1, unit: sb-${unit}.service, name: ${unit} }`);
    fleet = await TestFleet.open(`
hosts: { node1: { bus: "${host.busAddress}", via: ${JSON.stringify(host.via)} } }
services:
${services.join("\n")}
  - { host: node1, unit: sb-absent.service, name: absent }
`);
    await fleet.reaches("node1/absent", "Stopped");
  }, 180_000);

  afterAll(async () => {
    await fleet?.close();
    await host?.halt();
  });

  const edges = async (name: string) =>
    (await fleet.history(`node1/${name}`)).map(({ edge, event, kind, actor }) =>
      [edge, event, kind, actor].filter((part) => part !== null).join(", "),
    );
  const grown = (name: string, length: number) =>
    until(
      async () => ((await edges(name)).length >= length ? true : undefined),
      `${name} has ${length} moves`,
    );

  it("start, restart and stop on an operator's command, each proven by what was seen and held", async () => {
    const before = (await edges("simple")).length;
    for (const event of ["start", "restart", "stop"] as const) {
      const id = await fleet.order("node1/simple", event, "anna");
      expect(await fleet.fate(id), event).toMatchObject({ status: "proven" });
    }
    expect((await edges("simple")).slice(before)).toEqual([
      "Stopped → Starting, start, operator, anna",
      "Starting → Running, initialized successfully, operator, anna",
      "Running → Restarting, restart, operator, anna",
      "Restarting → Starting, restart initiated, operator, anna",
      "Starting → Running, initialized successfully, operator, anna",
      "Running → Stopping, stop, operator, anna",
      "Stopping → Stopped, stopped successfully, operator, anna",
    ]);
  });

  it("what somebody does on the host is told as that, with the host's own instants", async () => {
    const before = (await edges("notify")).length;
    await host.systemctl("start", "sb-notify.service");
    await fleet.reaches("node1/notify", "Running");
    await host.systemctl("restart", "sb-notify.service");
    await grown("notify", before + 5);
    await host.systemctl("stop", "sb-notify.service");
    await fleet.reaches("node1/notify", "Stopped");
    expect((await edges("notify")).slice(before)).toEqual([
      "Stopped → Starting, start, host-operator",
      "Starting → Running, initialized successfully, host-operator",
      "Running → Restarting, restart, host-operator",
      "Restarting → Starting, restart initiated, host-operator",
      "Starting → Running, initialized successfully, host-operator",
      "Running → Stopping, stop, host-operator",
      "Stopping → Stopped, stopped successfully, host-operator",
    ]);
    const last = (await fleet.history("node1/notify")).at(-1);
    const { stdout } = await host.systemctl("show", "-P", "InactiveEnterTimestampMonotonic", "sb-notify");
    expect(last?.monotonic).toBe(Number(stdout));
  });

  it("a crash is an error with the signal as its cause, and the automatic restart is the manager's", async () => {
    await host.systemctl("start", "sb-crash-restart.service");
    await fleet.reaches("node1/crash-restart", "Running");
    const before = (await edges("crash-restart")).length;
    await host.systemctl("kill", "--signal=SEGV", "sb-crash-restart.service");
    await grown("crash-restart", before + 3);
    const told = (await fleet.history("node1/crash-restart")).slice(before);
    expect(told.map(({ edge, event }) => `${edge}, ${event}`)).toEqual([
      "Running → Error, runtime error",
      "Error → Starting, restart",
      "Starting → Running, initialized successfully",
    ]);
    expect(told[0]?.detail).toMatch(/SIGSEGV/);
    expect(told[1]?.kind).toBe("service-manager");
  });

  it("a crash loop that runs into the start limit says so, and is reset", async () => {
    await host.systemctl("start", "sb-thrash.service");
    await until(async () => {
      const last = (await fleet.history("node1/thrash")).at(-1);
      if (!last?.edge.endsWith("→ Error") || !/limit/.test(last.detail)) return undefined;
      return last.kind === "service-manager" ? true : undefined;
    }, "the start limit is told");
    const path = await fleet.path("node1/thrash");
    expect(path.filter((state) => state === "Error").length).toBeGreaterThanOrEqual(3);
    expect(path).not.toContain("Running");
    const reset = await fleet.order("node1/thrash", "reset", "anna");
    expect(await fleet.fate(reset)).toMatchObject({ status: "proven" });
    expect((await edges("thrash")).at(-1)).toBe("Error → Stopped, reset, operator, anna");
  });

  it.each([
    ["stopfail", /5/],
    ["java143", /143/],
    ["stoptimeout", /SIGKILL|time/],
  ])("a stop that fails is failed, although systemd says done: %s", async (name, why) => {
    const start = await fleet.order(`node1/${name}`, "start");
    expect(await fleet.fate(start)).toMatchObject({ status: "proven" });
    const stop = await fleet.order(`node1/${name}`, "stop");
    const fate = await fleet.fate(stop);
    expect(fate.status).toBe("failed");
    expect((await edges(name)).at(-1)).toMatch(/^Stopping → Error, stop failed/);
    // What exactly failed stands in the journal, which is a little later than the move.
    await until(
      async () => (why.test((await fleet.history(`node1/${name}`)).at(-1)?.detail ?? "") ? true : undefined),
      `${name}'s cause is told`,
    );
  });

  it("a condition that is not met skips the start, and the command ends at once", async () => {
    const start = await fleet.order("node1/condition", "start", "anna");
    const fate = await fleet.fate(start);
    expect(fate).toMatchObject({ status: "failed", detail: expect.stringMatching(/condition/i) });
    expect((await edges("condition")).at(-1)).toMatch(/^Starting → Stopped, skipped/);
  });

  it("a start that its dependency fails is failed, and what failed is told", async () => {
    const start = await fleet.order("node1/dependent", "start");
    expect((await fleet.fate(start)).status).toBe("failed");
    await fleet.reaches("node1/startfail-notify", "Error");
    const last = (await fleet.history("node1/startfail-notify")).at(-1);
    expect(last).toMatchObject({ event: "initialization failed" });
  });

  it("a one-shot finishes, and its start is proven", async () => {
    const before = (await edges("oneshot")).length;
    const start = await fleet.order("node1/oneshot", "start", "anna");
    expect(await fleet.fate(start)).toMatchObject({ status: "proven" });
    expect((await edges("oneshot")).slice(before)).toEqual([
      "Stopped → Starting, start, operator, anna",
      expect.stringMatching(/^Starting → Stopped, finished/),
    ]);
  });

  it("a watchdog that is not fed is a runtime error with that cause", async () => {
    await host.systemctl("start", "sb-watchdog.service");
    await fleet.reaches("node1/watchdog", "Error");
    const last = (await fleet.history("node1/watchdog")).at(-1);
    expect(last).toMatchObject({ edge: "Running → Error", event: "runtime error" });
    expect(last?.detail).toMatch(/watchdog/i);
  });

  it("a service that ends by itself, cleanly, has exited", async () => {
    await host.systemctl("start", "sb-cleanexit.service");
    await until(
      async () => ((await edges("cleanexit")).at(-1)?.startsWith("Running → Stopped") ? true : undefined),
      "it has exited",
    );
    const last = (await fleet.history("node1/cleanexit")).at(-1);
    expect(last).toMatchObject({ event: "exited", kind: "service" });
  });

  it("masking a running unit shows beside its state; it can be stopped, and a start is refused in words", async () => {
    await host.systemctl("start", "sb-crash-norestart.service");
    await fleet.reaches("node1/crash-norestart", "Running");
    await host.run("ln", "-sf", "/dev/null", "/etc/systemd/system/sb-crash-norestart.service");
    await host.systemctl("daemon-reload");
    const isMasked = async () => (await fleet.detail("node1/crash-norestart"))?.load === "masked";
    await until(async () => ((await isMasked()) ? true : undefined), "it is told masked");
    expect((await fleet.path("node1/crash-norestart")).at(-1)).toBe("Running");
    const stop = await fleet.order("node1/crash-norestart", "stop");
    expect(await fleet.fate(stop)).toMatchObject({ status: "proven" });
    const start = await fleet.fate(await fleet.order("node1/crash-norestart", "start"));
    expect(start).toMatchObject({ status: "failed", detail: expect.stringMatching(/is masked; unmask/) });
  });

  it("a unit that is not there says so beside its state", async () => {
    expect(await fleet.detail("node1/absent")).toMatchObject({ load: "not-found" });
  });

  it("daemon-reload and daemon-reexec move nothing, and the watch goes on", async () => {
    await host.systemctl("start", "sb-simple.service");
    await fleet.reaches("node1/simple", "Running");
    const before = await fleet.count();
    await host.systemctl("daemon-reload");
    await host.systemctl("daemon-reexec");
    await host.systemctl("daemon-reload");
    expect(await fleet.count()).toBe(before);
    await host.systemctl("stop", "sb-simple.service");
    await fleet.reaches("node1/simple", "Stopped");
    expect((await fleet.history("node1/simple")).at(-1)).toMatchObject({ kind: "host-operator" });
  });

  it("processes that a stop leaves behind are listed, and it is not proven", async () => {
    const unit = "[Service]\nKillMode=process\nExecStart=/bin/sh -c 'sleep 1000 & exec sleep 2000'\n";
    await host.writeUnit("sb-leaves.service", unit);
    await fleet.reconfigure(`
hosts: { node1: { bus: "${host.busAddress}", via: ${JSON.stringify(host.via)} } }
services:
  - { host: node1, unit: sb-simple.service, name: simple }
  - { host: node1, unit: sb-leaves.service, name: leaves }
`);
    await fleet.reaches("node1/leaves", "Stopped");
    expect(await fleet.fate(await fleet.order("node1/leaves", "start"))).toMatchObject({ status: "proven" });
    const stop = await fleet.fate(await fleet.order("node1/leaves", "stop"));
    expect(stop).toMatchObject({ status: "failed", detail: expect.stringMatching(/left.*sleep 1000/) });
  });

  it("a reboot is the host's doing, and the time it was off is a gap that nothing fills", async () => {
    await host.systemctl("start", "sb-simple.service");
    await fleet.reaches("node1/simple", "Running");
    const before = (await edges("simple")).length;
    await host.reboot();
    await until(
      async () => ((await fleet.host("node1"))?.contact === "live" ? true : undefined),
      "the host is back",
      90_000,
    );
    await fleet.reaches("node1/simple", "Stopped");
    const told = (await fleet.history("node1/simple")).slice(before);
    expect(told.map(({ kind }) => kind)).toContain("host");
    const gaps = await fleet.gaps("node1");
    expect(gaps.filter(({ recovered }) => !recovered).map(({ reason }) => reason)).toContain(
      "The host was off or restarting.",
    );
    expect(gaps.some(({ recovered }) => recovered)).toBe(true);
  });
});
