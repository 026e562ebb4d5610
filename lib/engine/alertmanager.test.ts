import { afterAll, beforeAll, expect, it } from "vitest";
import { fireAlert, resolveAlert } from "@/db/test-alerts";
import { openTestDatabase, type TestDatabase } from "@/db/test-database";
import { addHost, addService } from "@/db/test-fleet";
import { requestChannelTest } from "@/db/write/request-channel-test";
import { describeWithAlertmanager } from "@/e2e/support/alertmanager/describe-with-alertmanager";
import { TestAlertmanager } from "@/e2e/support/alertmanager/test-alertmanager";
import type { NotifyConfig } from "../config/notify-config";
import { TestReceiver } from "../notify/test-receiver";
import { Notifier } from "./notifier";

describeWithAlertmanager("a real Alertmanager", () => {
  let store: TestDatabase;
  let receiver: TestReceiver;
  let alertmanager: TestAlertmanager;
  let notifier: Notifier;
  let serviceId = 0;

  beforeAll(async () => {
    store = await openTestDatabase();
    await addHost(store.database, "toys");
    serviceId = await addService(store.database, "toys", "echo", { groupName: "edge" });
    receiver = await TestReceiver.open();
    alertmanager = await TestAlertmanager.open(receiver.url);
    const config: NotifyConfig = {
      channels: [{ name: "am", kind: "alertmanager", url: { tag: "text", text: alertmanager.url } }],
      ...{ routes: [], digest: { above: 5, withinMs: 10_000 }, giveUpAfterMs: 86_400_000 },
    };
    const pace = { firstMs: 100, mostMs: 500, refusedFirstMs: 1_000, refusedMostMs: 1_000 };
    const settings = { base: "https://box.example.net", env: {}, pace, renewEveryMs: 500 };
    notifier = new Notifier(store.database, settings, { info: () => {}, warn: () => {} });
    await notifier.open(config);
  });
  afterAll(async () => {
    await notifier.close(1_000);
    await alertmanager.close();
    await receiver.down();
    await store.close();
  });

  const eventually = (read: () => unknown) => expect.poll(read, { timeout: 30_000, interval: 100 });
  const held = async () => (await alertmanager.alerts()).map(({ labels }) => labels.alertname).toSorted();
  /** What Alertmanager passed on, as `status name`. */
  const passedOn = () =>
    receiver.received.flatMap(({ body }) =>
      (JSON.parse(body).alerts as { status: string; labels: Record<string, string> }[]).map(
        ({ status, labels }) => `${status} ${labels.alertname}`,
      ),
    );

  it("receives an alert with what it is about, passes it on, and is told that it is over", async () => {
    const id = await fireAlert(store.database, { host: "toys", serviceId, rule: "error" });
    await eventually(held).toEqual(["error"]);
    const [alert] = await alertmanager.alerts();
    expect(alert).toMatchObject({
      labels: { alertname: "error", severity: "critical", host: "toys", service: "toys/echo", group: "edge" },
      annotations: { signalbox_alert: id, description: "It exited with code 3. Read its log." },
      generatorURL: "https://box.example.net/services/toys/echo",
    });
    await eventually(passedOn).toContain("firing error");
    await resolveAlert(store.database, id);
    await eventually(held).toEqual([]);
    await eventually(passedOn).toContain("resolved error");
  });

  it("is told again what holds, also after it lost its memory", async () => {
    const id = await fireAlert(store.database, { host: "toys", rule: "contact" });
    await eventually(held).toEqual(["contact"]);
    const endOf = async () => Date.parse((await alertmanager.alerts())[0]?.endsAt ?? "");
    const first = await endOf();
    await eventually(endOf).toBeGreaterThan(first);
    await alertmanager.stop();
    await alertmanager.start();
    await eventually(held).toEqual(["contact"]);
    await resolveAlert(store.database, id);
    await eventually(held).toEqual([]);
  });

  it("that was away when an alert began and ended misses neither", async () => {
    await alertmanager.stop();
    const over = await fireAlert(store.database, { host: "toys", rule: "starting" });
    await resolveAlert(store.database, over);
    await fireAlert(store.database, { host: "toys", rule: "stopping" });
    await alertmanager.start();
    await eventually(held).toEqual(["stopping"]);
  });

  it("passes a test on", async () => {
    await requestChannelTest(store.database, "am", "night shift");
    await eventually(passedOn).toContain("firing SignalboxTest");
  });
});
