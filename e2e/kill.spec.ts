import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "@playwright/test";
import type { Gap, Service } from "../lib/wire/service";
import { faultsOf } from "./support/api";
import { flappingFleet } from "./support/fleets";
import { childrenNamed, killAll, until } from "./support/processes";
import { Signalbox } from "./support/signalbox";

const services = 8;
const rounds = Number(process.env.SIGNALBOX_KILLS ?? 5);

test(`kill -9 of everything, ${rounds} times, while the fleet moves: chains whole, gaps there, no orphans`, async () => {
  test.setTimeout(60_000 + rounds * 40_000);
  const signalbox = await Signalbox.start(flappingFleet(services));
  try {
    for (let round = 1; round <= rounds; round += 1) {
      await sleep(1_500 + Math.random() * 2_000);
      expect(killAll(signalbox.data)).toBeGreaterThan(3);
      const left = Array.from({ length: services }, (_, n) =>
        childrenNamed(`toys/flap-${n}`, signalbox.sign),
      ).flat();
      const leftPids = new Set(left.map(({ pid }) => pid));
      await signalbox.start();
      const api = await signalbox.api();
      await until("every service is seen again", async () => {
        const { body } = await api.get<{ items: Service[] }>("/services");
        return body.items.length === services && body.items.every(({ contact }) => contact.status === "live");
      });
      for (let n = 0; n < services; n += 1) {
        const name = `toys/flap-${n}`;
        expect(faultsOf(await api.history(name)), name).toEqual([]);
        const { body } = await api.get<{ items: Gap[] }>(`/services/${name}/gaps`);
        expect(body.items.length, name).toBeGreaterThanOrEqual(round);
        const now = childrenNamed(name, signalbox.sign).map(({ pid }) => pid);
        expect(now.length, `${name} runs ${now}`).toBeLessThanOrEqual(1);
        expect(now.filter((pid) => leftPids.has(pid))).toEqual([]);
      }
    }
  } finally {
    await signalbox.remove();
  }
  for (let n = 0; n < services; n += 1) expect(childrenNamed(`toys/flap-${n}`, signalbox.sign)).toEqual([]);
});
