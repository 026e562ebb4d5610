import { fromRfc3339, toRfc3339 } from "../clock";
import type { Micros } from "../machine/types";
import { isAboutGroup } from "../wire/about-group";
import type { Alert } from "../wire/alert";
import { linkTo } from "./message";
import type { Post } from "./post";
import type { Delivery, Telling } from "./telling";

/**
 * Alertmanager forgets an alert at its `endsAt`, and all of them when it is restarted: what still holds
 * is told again every `renewEveryMs`, and holds for `firingForMs` if it is not.
 */
export const renewEveryMs = 60_000;
const firingForMs = 900_000;
const testForMs = 300_000;

/** What became of the alerts of a delivery, for API v2; of several about one alert the last counts. */
export function alertmanagerPost(url: URL, { tellings }: Delivery, base: string, at: Micros): Post {
  const last = new Map<string, unknown>();
  for (const telling of tellings) last.set(keyOf(telling), entryOf(telling, base, at));
  return postOf(url, [...last.values()]);
}

/** Tells again what still holds. */
export function renewalPost(url: URL, alerts: readonly Alert[], base: string, at: Micros): Post {
  return postOf(
    url,
    alerts.map((alert) => alertEntry(alert, null, base, at)),
  );
}

function postOf(url: URL, alerts: readonly unknown[]): Post {
  const place = new URL(url);
  const path = place.pathname.replace(/\/+$/, "");
  place.pathname = path.endsWith("/api/v2/alerts") ? path : `${path}/api/v2/alerts`;
  return { url: place, body: JSON.stringify(alerts) };
}

function keyOf(telling: Telling): string {
  return telling.tag === "test" ? "test" : telling.alert.id;
}

function entryOf(telling: Telling, base: string, at: Micros) {
  switch (telling.tag) {
    case "alert":
      return alertEntry(telling.alert, telling.what === "resolved" ? telling.at : null, base, at);
    case "test":
      return {
        labels: { alertname: "SignalboxTest", severity: "info", source: "signalbox" },
        annotations: { summary: `${telling.by} asked for a test of this channel.` },
        startsAt: telling.at,
        endsAt: toRfc3339(at + testForMs * 1_000),
        generatorURL: `${base}/settings`,
      };
  }
}

/** @param overAt when it was over; null: it holds. */
function alertEntry(alert: Alert, overAt: string | null, base: string, at: Micros) {
  const { rule, severity, host, service, group } = alert;
  // Labels are what Alertmanager knows an alert by: nothing that changes while it holds is one.
  const where = { host: isAboutGroup(alert) ? null : host, service, group };
  const labels = { alertname: rule, severity, ...where, source: "signalbox" };
  return {
    labels: Object.fromEntries(Object.entries(labels).filter(([, value]) => value !== null && value !== "")),
    annotations: {
      summary: alert.summary,
      description: `${alert.why} ${alert.todo}`,
      since: alert.since,
      signalbox_alert: alert.id,
    },
    startsAt: alert.firedAt,
    endsAt: overAt === null ? toRfc3339(at + firingForMs * 1_000) : laterOf(overAt, alert.firedAt),
    generatorURL: linkTo(alert, base),
  };
}

/** Alertmanager refuses an end before the start. */
function laterOf(one: string, other: string): string {
  return (fromRfc3339(one) ?? 0) >= (fromRfc3339(other) ?? 0) ? one : other;
}
