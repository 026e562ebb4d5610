import { afterAll, beforeAll, expect, it } from "vitest";
import { describeOnHosts } from "../../e2e/support/systemd/describe-on-hosts";
import { SystemdHost } from "../../e2e/support/systemd-host";
import { TestFleet, until } from "./testing/test-fleet";

const odd = "odd@a-b_c\\x2dd.service";
const oddUnit = `[Unit]
Description=An instance with an odd name
[Service]
ExecStart=/bin/sleep infinity
`;
const rule = `polkit.addRule(function (action, subject) {
  var allowed = ["sb-simple.service", "sb-notify.service"];
  if (action.id === "org.freedesktop.systemd1.manage-units" && subject.user === "watcher" &&
      allowed.indexOf(action.lookup("unit")) >= 0)
    return polkit.Result.YES;
});
`;

/** Two hosts over real ssh: one as root, one as a user who may do little. */
describeOnHosts("systemd hosts over ssh", () => {
  let near: SystemdHost;
  let far: SystemdHost;
  let fleet: TestFleet;

  beforeAll(async () => {
    [near, far] = await Promise.all([
      SystemdHost.boot({ name: "near", ssh: true, units: { "odd@.service": oddUnit } }),
      SystemdHost.boot({
        name: "far",
        ssh: true,
        files: { "/etc/polkit-1/rules.d/50-signalbox.rules": rule },
      }),
    ]);
    fleet = await TestFleet.open(`
hosts:
  near: { via: ${JSON.stringify(near.sshCommand)} }
  far: { via: ${JSON.stringify(far.sshCommandAs("watcher"))} }
services:
  - { host: near, unit: sb-simple.service, name: simple }
  - { host: near, unit: sb-crash-norestart.service, name: crash }
  - { host: near, unit: "${odd.replaceAll("\\", "\\\\")}" }
  - { host: far, unit: sb-simple.service, name: simple }
  - { host: far, unit: sb-notify.service, name: notify }
  - { host: far, unit: sb-oneshot.service, name: oneshot }
`);
    for (const id of ["near/simple", "far/oneshot"]) await fleet.reaches(id, "Stopped");
  }, 240_000);

  afterAll(async () => {
    await fleet?.close();
    await Promise.all([near?.halt(), far?.halt()]);
  });

  it("a template's instance with an escaped name is started and stopped", async () => {
    const id = `near/${odd.replace(/\.service$/, "")}`;
    const start = await fleet.order(id, "start");
    expect(await fleet.fate(start)).toMatchObject({ status: "proven" });
    expect((await near.systemctl("is-active", odd)).stdout).toBe("active\n");
    const stop = await fleet.order(id, "stop");
    expect(await fleet.fate(stop)).toMatchObject({ status: "proven" });
    expect((await near.systemctl("is-active", odd)).stdout).toBe("inactive\n");
  });

  it("a user with a polkit rule for two units acts on those, and is told clearly about the third", async () => {
    for (const name of ["simple", "notify"]) {
      const start = await fleet.order(`far/${name}`, "start");
      expect(await fleet.fate(start), name).toMatchObject({ status: "proven" });
    }
    const refused = await fleet.fate(await fleet.order("far/oneshot", "start"));
    expect(refused.status).toBe("failed");
    expect(refused.detail).toMatch(/polkit.*manage-units.*sb-oneshot\.service.*start/);
    expect((await fleet.host("far"))?.facts).toMatchObject({
      manager: expect.stringMatching(/^systemd \d+/),
    });
  });

  it("a line that is cut hides nothing: refused meanwhile, filled in afterwards, no other host notices", async () => {
    await near.systemctl("start", "sb-crash-norestart.service");
    await fleet.reaches("near/crash", "Running");
    const before = (await fleet.history("near/crash")).length;
    const contactOf = async (host: string) => (await fleet.host(host))?.contact;
    await near.cut();
    await until(async () => ((await contactOf("near")) === "lost" ? true : undefined), "lost", 60_000);
    expect(await fleet.ask("near/simple", "start")).toMatchObject({ tag: "refused", code: "no-contact" });
    await near.systemctl("kill", "--signal=KILL", "sb-crash-norestart.service");
    await until(
      async () =>
        (await near.systemctl("is-failed", "sb-crash-norestart.service")).stdout === "failed\n"
          ? true
          : undefined,
      "it crashes unseen",
    );
    await near.systemctl("start", "sb-crash-norestart.service");
    expect(await contactOf("far")).toBe("live");
    await near.mend();
    await until(async () => ((await contactOf("near")) === "live" ? true : undefined), "live again", 90_000);
    await until(
      async () => ((await fleet.history("near/crash")).length >= before + 3 ? true : undefined),
      "what happened meanwhile is history",
    );
    const told = (await fleet.history("near/crash")).slice(before);
    expect(told.map(({ edge, source }) => `${edge}, ${source}`)).toEqual([
      "Running → Error, journal",
      "Error → Starting, journal",
      expect.stringMatching(/^Starting → Running, /),
    ]);
    const entries = await near.journal("_PID=1", "UNIT=sb-crash-norestart.service");
    const instants = new Set(entries.map((entry) => Number(entry._SOURCE_REALTIME_TIMESTAMP)));
    for (const { at, source } of told) if (source === "journal") expect(instants).toContain(at);
    expect((await fleet.gaps("near")).map(({ recovered }) => recovered)).toEqual([true]);
    expect(await fleet.gaps("far")).toEqual([]);
  }, 240_000);

  it("a new installation shows what the journal remembers, with the journal's instants", async () => {
    const fresh = await TestFleet.open(`
hosts: { near: { via: ${JSON.stringify(near.sshCommand)} } }
services:
  - { host: near, unit: sb-simple.service, name: simple }
  - { host: near, unit: sb-crash-norestart.service, name: crash }
`);
    try {
      await fresh.reaches("near/crash", "Running");
      const [old, young] = await Promise.all([fleet.history("near/crash"), fresh.history("near/crash")]);
      const shape = (rows: typeof old) => rows.map(({ edge }) => edge.split(" → ")[1]);
      // What was seen live begins with the state in which the watch found it.
      expect(shape(young).slice(-4)).toEqual(shape(old).slice(-4));
      expect(young.filter(({ source }) => source === "journal").length).toBeGreaterThanOrEqual(4);
      expect([...young].sort((left, right) => left.at - right.at)).toEqual(young);
    } finally {
      await fresh.close();
    }
  });
});
