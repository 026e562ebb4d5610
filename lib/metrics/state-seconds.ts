import type { MetricsSnapshot, ServiceFigures } from "@/db/read/metrics";
import { type Family, familyOf, type Sample } from "./family";
import type { HighWater } from "./high-water";
import { presentStayMs } from "./present-stay";
import { statesOf } from "./service-families";

type Given = Pick<MetricsSnapshot, "services" | "hosts" | "gaps" | "totals">;

/** Time in state: stays that have ended, and the present one as far as it was observed. */
export function stateSeconds(snapshot: Given, highest: HighWater): Family {
  const { services, totals } = snapshot;
  const ended = groupBy(totals, ({ serviceId }) => serviceId);
  const presentMs = presentStays(snapshot);
  const values = highest.hold((raise) =>
    services.flatMap((service): Sample[] => {
      if (service.countedAt === null) return [];
      const own = new Map((ended.get(service.id) ?? []).map(({ state, ms }) => [state, ms]));
      return statesIn(service, own).map((state) => {
        const present = state === service.recorded ? presentMs(service) : 0;
        const seconds = ((own.get(state) ?? 0) + present) / 1000;
        return {
          labels: { host: service.host, service: service.name, state },
          value: raise(`${service.id} ${state}`, seconds),
        };
      });
    }),
  );
  return familyOf("signalbox_state_seconds_total", values);
}

/** Those of its machine, and those of the machine that it followed before. */
function statesIn(service: ServiceFigures, ended: ReadonlyMap<string, number>): readonly string[] {
  const states = statesOf(service);
  const former = [...ended.keys()].filter((state) => !states.includes(state));
  return former.length === 0 ? states : [...states, ...former];
}

/** Up to where history is complete: while a host's record is read back, that is behind what is shown. */
function presentStays({ hosts, gaps }: Given): (service: ServiceFigures) => number {
  const until = new Map(hosts.map((host) => [host.id, host.historyUntil ?? host.observedUntil ?? 0]));
  const gapsOf = groupBy(gaps, ({ host }) => host);
  return ({ host, countedAt }) =>
    countedAt === null ? 0 : presentStayMs(countedAt, until.get(host) ?? 0, gapsOf.get(host) ?? []);
}

function groupBy<T, K>(items: readonly T[], keyOf: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}
