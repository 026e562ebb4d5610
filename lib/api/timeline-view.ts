import type { Sql } from "@/db/open";
import { atOneMoment, chooseServices, observeService } from "@/db/read/observed-services";
import { readTimelines } from "@/db/read/timeline";
import { now, toRfc3339 } from "../clock";
import type { StateBand } from "../insight/bands";
import type { MsSpan } from "../insight/spans";
import type { ServiceTimeline, Timeline } from "../wire/insight";

/** One service's states over a span, in about `points` bands. */
export async function timelineOf(
  sql: Sql,
  serviceId: number,
  span: MsSpan,
  points: number,
): Promise<Timeline> {
  const { at } = now();
  const bands = await atOneMoment(sql, async (tx) => {
    const service = await observeService(tx, serviceId, at);
    return (await readTimelines(tx, [service], span, points)).get(serviceId);
  });
  return view(span, bands ?? []);
}

/** The same of every service of the present configuration, up to now. */
export async function timelinesOfFleet(sql: Sql, lastMs: number, points: number): Promise<ServiceTimeline[]> {
  const { at } = now();
  const to = Math.floor(at / 1000);
  const span = { from: to - lastMs, to };
  return atOneMoment(sql, async (tx) => {
    const services = await chooseServices(tx, {}, at);
    const timelines = await readTimelines(tx, services, span, points);
    return services.map(({ id, host, name }) => ({
      service: `${host}/${name}`,
      timeline: view(span, timelines.get(id) ?? []),
    }));
  });
}

const instant = (ms: number) => toRfc3339(ms * 1000);

function view({ from, to }: MsSpan, bands: readonly StateBand[]): Timeline {
  return {
    from: instant(from),
    to: instant(to),
    bands: bands.map((band) => ({ ...band, from: instant(band.from), to: instant(band.to) })),
  };
}
