import { afterAll, beforeAll, expect, it } from "vitest";
import { describeOnHosts } from "../../e2e/support/systemd/describe-on-hosts";
import { SystemdHost } from "../../e2e/support/systemd-host";
import { TestFleet, until } from "./testing/test-fleet";

/** More than dbus-daemon allows a connection of match rules. */
const count = 600;

describeOnHosts("a systemd host with hundreds of units", () => {
  let host: SystemdHost;
  let fleet: TestFleet;

  beforeAll(async () => {
    const names = Array.from({ length: count }, (_, n) => `many-${n}`);
    const unit = "[Service]\nType=oneshot\nExecStart=/bin/true\n";
    const units = Object.fromEntries(names.map((name) => [`${name}.service`, unit]));
    host = await SystemdHost.boot({ name: "node1", units });
    fleet = await TestFleet.open(`
hosts: { node1: { bus: "${host.busAddress}", via: ${JSON.stringify(host.via)} } }
services:
${names.map((name) => `  - { host: node1, unit: ${name}.service }`).join("\n")}
`);
  }, 180_000);

  afterAll(async () => {
    await fleet?.close();
    await host?.halt();
  });

  it("is watched whole, and its systemd stays on its bus", async () => {
    const isSeen = async () => ((await fleet.count()) >= count ? true : undefined);
    await until(isSeen, "all are seen", 150_000);
    const told = await host.journal("--identifier=systemd", "--identifier=dbus-daemon");
    expect(told.filter(({ MESSAGE }) => /match rules|Got disconnect/.test(String(MESSAGE)))).toEqual([]);
    expect((await host.run("busctl", "status", "org.freedesktop.systemd1")).code).toBe(0);
    const start = await fleet.order(`node1/many-${count - 1}`, "start");
    expect(await fleet.fate(start)).toMatchObject({ status: "proven" });
  }, 240_000);
});
