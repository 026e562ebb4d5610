import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { describeOnHosts } from "../../e2e/support/systemd/describe-on-hosts";
import { SystemdHost } from "../../e2e/support/systemd-host";
import { TestReceiver } from "../notify/test-receiver";
import { TestFleet, until } from "./testing/test-fleet";
import { toldAlerts } from "./testing/told-alerts";

/** Unintended ends, an operator's hand, and a schedule, on a real systemd (DOMAIN §5). */
const fifty = Array.from({ length: 50 }, (_, n) => `many-${n}`);

const units = {
  "sb-hand.service": "[Unit]\nStartLimitIntervalSec=0\n[Service]\nExecStart=/bin/sleep infinity\n",
  "sb-often.service": "[Service]\nType=oneshot\nExecStart=/bin/true\n",
  "sb-often.timer": "[Timer]\nOnActiveSec=1s\nOnUnitActiveSec=1s\nAccuracySec=10ms\n",
  "sb-many@.service": "[Service]\nExecStart=/bin/sleep infinity\n",
};

describeOnHosts("alerts on a systemd host", () => {
  let host: SystemdHost;
  let fleet: TestFleet;
  let receiver: TestReceiver;
  let text: string;

  beforeAll(async () => {
    receiver = await TestReceiver.open();
    host = await SystemdHost.boot({ name: "node1", units });
    const services = [
      ...["exitcode-restart", "thrash", "hand", "often", "startfail-simple"].map(
        (name) => `  - { host: node1, unit: sb-${name}.service, name: ${name} }`,
      ),
      ...fifty.map((name, n) => `  - { host: node1, unit: "sb-many@${n}.service", name: ${name} }`),
    ];
    text = `
hosts: { node1: { bus: "${host.busAddress}", via: ${JSON.stringify(host.via)} } }
alerts: { error: 6s, contact: 2s, commandFailed: off }
notify:
  channels: { hook: { webhook: { url: "${receiver.url}", secret: key } } }
services:
${services.join("\n")}
`;
    fleet = await TestFleet.open(text);
    await fleet.reaches("node1/many-49", "Stopped");
  }, 180_000);

  afterAll(async () => {
    await fleet?.close();
    await host?.halt();
    await receiver?.down();
  });

  /** What the webhook was told, in order: "fired contact". */
  const messages = () =>
    receiver.received.map(({ body }) =>
      JSON.parse(body).items.map(
        (item: { what: string; alert: { rule: string } }) => `${item.what} ${item.alert.rule}`,
      ),
    );
  const alerts = () => toldAlerts(fleet.test.database.sql);
  const alertsOf = async (name: string) =>
    (await alerts()).filter(({ service }) => service === `node1/${name}`);
  const fired = (name: string, rule: string) =>
    until(async () => (await alertsOf(name)).find((alert) => alert.rule === rule), `${name}'s ${rule} fires`);

  it("a crash loop is called one with its third failure", async () => {
    await host.systemctl("start", "sb-exitcode-restart.service");
    const alert = await fired("exitcode-restart", "thrash");
    expect(alert.summary).toBe("node1/exitcode-restart is in a crash loop.");
    const history = await fleet.history("node1/exitcode-restart");
    const errors = history.filter(({ edge }) => edge.endsWith("→ Error"));
    expect(errors.filter(({ at }) => at >= alert.since && at <= alert.firedAt)).toHaveLength(3);
    await host.systemctl("stop", "sb-exitcode-restart.service");
  });

  it("a start limit that is hit is said as the fact it is", async () => {
    await host.systemctl("start", "sb-thrash.service");
    await fired("thrash", "thrash");
    await until(async () => {
      const [row] = await fleet.test.database.sql<{ why: string | null }[]>`
        SELECT thrash->>'why' AS why FROM service WHERE name = 'thrash'`;
      return row?.why?.includes("the start limit was hit") ? true : undefined;
    }, "the start limit is said");
  });

  it("ten restarts by hand, here and on the host, are no thrash; neither is a timer's one-shot", async () => {
    await host.systemctl("start", "sb-often.timer");
    await host.systemctl("start", "sb-hand.service");
    await fleet.reaches("node1/hand", "Running");
    for (let n = 0; n < 5; n++) {
      await fleet.order("node1/hand", "restart");
      await until(async () => {
        const restarts = (await fleet.path("node1/hand")).filter((state) => state === "Restarting").length;
        return restarts === 2 * n + 1 && (await fleet.path("node1/hand")).at(-1) === "Running"
          ? true
          : undefined;
      }, "it was restarted");
      await host.systemctl("restart", "sb-hand.service");
      await until(async () => {
        const path = await fleet.path("node1/hand");
        const begun = path.filter((state) => state === "Starting").length;
        return begun === 2 * n + 3 && path.at(-1) === "Running" ? true : undefined;
      }, "it was restarted on the host");
    }
    await host.systemctl("stop", "sb-often.timer");
    expect((await fleet.path("node1/often")).filter((state) => state === "Starting").length).toBeGreaterThan(
      5,
    );
    expect(await alertsOf("hand")).toEqual([]);
    expect(await alertsOf("often")).toEqual([]);
  }, 180_000);

  it("an Error lasts on while Signalbox is away, and fires when it is back", async () => {
    await host.systemctl("start", "sb-startfail-simple.service");
    await fleet.reaches("node1/startfail-simple", "Error");
    await fleet.stop();
    expect(await alertsOf("startfail-simple")).toEqual([]);
    await sleep(7_000);
    await fleet.start(text);
    const alert = await fired("startfail-simple", "error");
    expect(alert.since).toBe((await fleet.history("node1/startfail-simple")).at(-1)?.at);
    await fleet.stop();
    await fleet.start(text);
    await sleep(1_000);
    expect(await alertsOf("startfail-simple")).toHaveLength(1);
  });

  it("a lost host with fifty services is one alert and one message, and over when it is seen again", async () => {
    const before = (await alerts()).length;
    const told = messages().length;
    await host.systemctl("start", ...fifty.map((_, n) => `sb-many@${n}.service`));
    await fleet.reaches("node1/many-49", "Running");
    await host.powerOff();
    const isOver = (event: string) => async () => {
      const [alert] = (await alerts()).slice(before);
      return alert?.events.includes(event) ? true : undefined;
    };
    await until(isOver("fired"), "the host is missed");
    await sleep(3_000);
    const since = (await alerts()).slice(before);
    expect(since.map(({ rule, service }) => [rule, service])).toEqual([["contact", null]]);
    expect(messages().slice(told)).toEqual([["fired contact"]]);
    await host.powerOn();
    await until(isOver("resolved"), "the host is seen again", 90_000);
    expect((await alerts()).slice(before).map(({ rule }) => rule)).toEqual(["contact"]);
    await expect
      .poll(() => messages().slice(told), { timeout: 30_000 })
      .toEqual([["fired contact"], ["resolved contact"]]);
  }, 180_000);
});
