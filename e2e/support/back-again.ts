import type { Service } from "../../lib/wire/service";
import type { Api } from "./api";
import { until } from "./processes";
import type { Signalbox } from "./signalbox";

/** As a service manager does: until it is up. What is left of a killed one may hold the port for a moment. */
export async function startAgain(signalbox: Signalbox): Promise<void> {
  const started = () =>
    signalbox.start().then(
      () => true,
      () => false,
    );
  await until("Signalbox is up again", started, 40_000);
}

/** Waits until the API and the page answer and every service of the fleet is seen. */
export async function isBack(api: Api, services: number, after: string): Promise<void> {
  await until(
    `after ${after}: every service is seen again`,
    async () => {
      const answer = await api.get<{ items: Service[] }>("/services?limit=1000").catch(() => null);
      const items = answer?.status === 200 ? answer.body.items : [];
      const ready = await fetch(`${api.address}/readyz`).catch(() => null);
      const allSeen = items.length === services && items.every(({ contact }) => contact.status === "live");
      return ready?.status === 200 && allSeen;
    },
    60_000,
  );
  const page = await fetch(api.address, { headers: { cookie: api.cookie } });
  if (page.status !== 200) throw new Error(`after ${after} the page answers ${page.status}`);
}
