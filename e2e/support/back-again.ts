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
  let missing = "";
  await until(
    () => `after ${after}: every service is seen again (${missing})`,
    async () => {
      missing = await whatIsMissing(api, services);
      return missing === "";
    },
    60_000,
  );
  const page = await fetch(api.address, { headers: { cookie: api.cookie } });
  if (page.status !== 200) throw new Error(`after ${after} the page answers ${page.status}`);
}

/** What stands against being back, in words; empty when nothing does. */
async function whatIsMissing(api: Api, services: number): Promise<string> {
  const answer = await api.get<{ items: Service[] }>("/services?limit=1000").catch(String);
  if (typeof answer === "string") return answer;
  if (answer.status !== 200) return `services: ${answer.status} ${JSON.stringify(answer.body)}`;
  const { items } = answer.body;
  if (items.length !== services) return `${items.length} services`;
  const unseen = items.filter(({ contact }) => contact.status !== "live");
  if (unseen.length > 0) return `${unseen.length} not seen: ${JSON.stringify(unseen[0]?.contact)}`;
  const ready = await fetch(`${api.address}/readyz`).catch(String);
  if (typeof ready === "string") return ready;
  return ready.status === 200 ? "" : `readyz: ${ready.status} ${await ready.text()}`;
}
