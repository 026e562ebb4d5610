import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "@playwright/test";
import type { Alert, PendingAlert } from "../lib/wire/alert";
import type { Service } from "../lib/wire/service";
import { killAll, until } from "./support/processes";
import { Signalbox } from "./support/signalbox";

const fleet = `
hosts:
  toys: { platform: process }
alerts: { error: 10s, commandFailed: off }
services:
  - { host: toys, name: stubborn, command: [/bin/sh, -c, "trap '' TERM; exec sleep 1000"], settle: 500ms, stopTimeout: 300ms }
`;

test("an Error fires after a kill -9 of everything in between, once; it is acknowledged and resolves", async () => {
  const signalbox = await Signalbox.start(fleet);
  try {
    let api = await signalbox.api();
    const state = async () => (await api.service("toys/stubborn")).state;
    await api.post("/services/toys/stubborn/commands", { event: "start" });
    await until("it is running", async () => (await state()) === "Running");
    await api.post("/services/toys/stubborn/commands", { event: "stop" });
    await until("its stop has failed", async () => (await state()) === "Error");
    const pending = async () => (await api.get<{ items: PendingAlert[] }>("/pending-alerts")).body.items;
    let seen: readonly PendingAlert[] = [];
    await until("it is about to fire", async () => {
      seen = await pending();
      return seen.length > 0;
    });
    expect(seen).toMatchObject([{ rule: "error", service: "toys/stubborn", state: "Error" }]);
    await sleep(1_500);
    killAll(signalbox.data);
    await signalbox.start();
    api = await signalbox.api();
    const list = async () => (await api.get<{ items: Alert[] }>("/alerts?service=toys/stubborn")).body.items;
    await until("it fires", async () => (await list()).length > 0);
    const [alert] = await list();
    expect(alert).toMatchObject({
      rule: "error",
      status: "firing",
      summary: "toys/stubborn has been in Error for 10 s.",
    });
    const given = await api.post<Alert>(`/alerts/${alert?.id}/acknowledge`, { note: "looking" });
    expect(given.body).toMatchObject({ status: "acknowledged", acknowledged: { note: "looking" } });
    const shown = await api.get<Service>("/services/toys/stubborn");
    expect(shown.body.alerts).toBe(1);
    killAll(signalbox.data);
    await signalbox.start();
    api = await signalbox.api();
    await until(
      "the host is seen again",
      async () => (await api.service("toys/stubborn")).contact.status === "live",
    );
    await sleep(11_000);
    expect((await list()).map(({ id, status }) => ({ id, status }))).toEqual([
      { id: alert?.id, status: "acknowledged" },
    ]);
    await api.post("/services/toys/stubborn/commands", { event: "reset" });
    await until("it is resolved", async () => (await list())[0]?.status === "resolved");
    expect((await list())[0]?.resolvedBecause).toMatch(/^It is Stopped: reset by /);
  } finally {
    await signalbox.remove();
  }
});
