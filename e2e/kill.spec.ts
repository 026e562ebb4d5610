import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "@playwright/test";
import type { Gap, Service } from "../lib/wire/service";
import { faultsOf } from "./support/api";
import { flappingFleet } from "./support/fleets";
import { killAll, livesOf, twoLivesAtOnce, until } from "./support/processes";
import { Signalbox } from "./support/signalbox";

const services = 8;
const rounds = Number(process.env.SIGNALBOX_KILLS ?? 5);

test(`kill -9 of everything, ${rounds} times, while the fleet moves: chains whole, gaps there, no orphans`, async () => {
  test.setTimeout(60_000 + rounds * 40_000);
  const names = Array.from({ length: services }, (_, n) => `toys/flap-${n}`);
  const signalbox = await Signalbox.start(flappingFleet(services));
  const { sign } = signalbox;
  const pidsNow = () => [...livesOf(names, sign).values()].flatMap((lives) => [...lives.values()]);
  try {
    await until("its services run", () => pidsNow().length > 0);
    for (let round = 1; round <= rounds; round += 1) {
      await sleep(1_500 + Math.random() * 2_000);
      expect(killAll(signalbox.data)).toBeGreaterThan(3);
      const left = new Set(pidsNow().flat());
      await signalbox.start();
      const api = await signalbox.api();
      await until("every service is seen again", async () => {
        const { body } = await api.get<{ items: Service[] }>("/services");
        return body.items.length === services && body.items.every(({ contact }) => contact.status === "live");
      });
      for (const name of names) {
        expect(faultsOf(await api.history(name)), name).toEqual([]);
        const { body } = await api.get<{ items: Gap[] }>(`/services/${name}/gaps`);
        expect(body.items.length, name).toBeGreaterThanOrEqual(round);
      }
      // Each life is one process, which ends before the next one begins: seen twice at once is enough.
      expect(await twoLivesAtOnce(names, sign, 0)).toEqual([]);
      const now = pidsNow();
      expect(now.filter((life) => life.length > 1)).toEqual([]);
      expect(now.flat().filter((pid) => left.has(pid))).toEqual([]);
    }
  } finally {
    await signalbox.remove();
  }
  expect(pidsNow()).toEqual([]);
});
