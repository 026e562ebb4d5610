import type { MetricsSnapshot } from "@/db/read/metrics";
import type { Micros } from "../machine/types";
import { operatorEvents } from "../machine/types";
import { contactView } from "../wire/contact-view";
import { applicationFamilies } from "./application-families";
import { type Family, familyOf, type Sample } from "./family";
import { groupFamilies } from "./group-families";
import type { HighWater } from "./high-water";
import { serviceFamilies } from "./service-families";
import { stateSeconds } from "./state-seconds";

const endings = ["proven", "failed", "timed-out", "unknown"] as const;

/** All that the database tells of the fleet, at `at`. Pure, but for the marks in `highest`. */
export function fleetFamilies(snapshot: MetricsSnapshot, at: Micros, highest: HighWater): Family[] {
  const { hosts, queued } = snapshot;
  return [
    ...serviceFamilies(snapshot),
    ...applicationFamilies(snapshot, at),
    ...groupFamilies(snapshot, at),
    stateSeconds(snapshot, highest),
    familyOf(
      "signalbox_host_contact",
      hosts.map((host) => ({
        labels: { host: host.id },
        value: contactView(host, at).status === "live" ? 1 : 0,
      })),
    ),
    familyOf("signalbox_alert_firing", firingSamples(snapshot.alerts)),
    ...commandFamilies(snapshot),
    familyOf(
      "signalbox_notifications_queued",
      queued.map(({ channel, count }) => ({ labels: { channel }, value: count })),
    ),
    familyOf("signalbox_database_up", [{ labels: {}, value: 1 }]),
  ];
}

/**
 * Only what fires: a 0 for each rule and service would be tens of thousands of series that say nothing,
 * and Prometheus takes a series for over at the first scrape that lacks it. A group is on no single host.
 */
function firingSamples(alerts: MetricsSnapshot["alerts"]): Sample[] {
  const firing = new Map<string, Sample>();
  for (const { rule, host, service, group } of alerts) {
    const labels: Sample["labels"] =
      group === null ? { rule, host, service: service ?? "" } : { rule, host: "", service: "", group };
    firing.set(JSON.stringify(labels), { labels, value: 1 });
  }
  return [...firing.values()];
}

/** Few series, so all of them from 0 on; each command is counted once, when it has ended. */
function commandFamilies({ commands, underWay }: Pick<MetricsSnapshot, "commands" | "underWay">): Family[] {
  const ended = new Map(commands.map(({ event, status, count }) => [`${event} ${status}`, count]));
  const open = new Map(underWay.map(({ event, count }) => [event, count]));
  return [
    familyOf(
      "signalbox_commands_total",
      operatorEvents.flatMap((event) =>
        endings.map((status) => ({ labels: { event, status }, value: ended.get(`${event} ${status}`) ?? 0 })),
      ),
    ),
    familyOf(
      "signalbox_commands_under_way",
      operatorEvents.map((event) => ({ labels: { event }, value: open.get(event) ?? 0 })),
    ),
  ];
}
