import { commandTargets } from "../../machine/command-targets";
import { spanInWords } from "../../span-in-words";
import type { ServicePicture } from "./picture";
import type { Condition, ServiceRule } from "./rule";
import { asSentence } from "./sentence";
import { nowInWords } from "./state-rules";

/** While a service does not run its health says nothing that its state does not say. */
function lasts(status: "failing" | "degraded", key: string, words: string) {
  return (picture: ServicePicture): Condition | null => {
    const { health, machine, state } = picture;
    const afterMs = picture.limits[key] ?? null;
    if (afterMs === null || health?.status !== status) return null;
    if (!commandTargets(machine, "start").includes(state)) return null;
    return {
      since: health.since,
      afterMs,
      seenMs: Math.min(health.seenMs, picture.seenMs),
      summary: `${picture.id} ${words} ${spanInWords(afterMs)}.`,
      why: asSentence(health.detail),
    };
  };
}

function over(picture: ServicePicture): string {
  const { health, machine, state } = picture;
  if (health === null || !commandTargets(machine, "start").includes(state)) return nowInWords(picture);
  return `Its health is ${health.status}: ${health.detail.replace(/\.$/, "")}.`;
}

/** What the service itself says, while its process is well. */
export const healthRules: readonly ServiceRule[] = [
  {
    id: "health-failing",
    title: "Health check failing",
    severity: "critical",
    about: "service",
    origin: "practical",
    limit: {
      tag: "duration",
      key: "healthFailing",
      defaultMs: 300_000,
      what: "How long its health check may fail while it is running.",
    },
    todo: "Its process runs but does not answer as it should: check its log and what it depends on, then restart it.",
    waitsForCommand: true,
    condition: lasts("failing", "healthFailing", "is running, but its health check has failed for"),
    over,
  },
  {
    id: "health-degraded",
    title: "Health degraded",
    severity: "warning",
    about: "service",
    origin: "practical",
    limit: {
      tag: "duration",
      key: "healthDegraded",
      defaultMs: 300_000,
      what: "How long its health may be degraded while it is running.",
    },
    todo: "It works with less than it should have: check its log for what is missing.",
    waitsForCommand: true,
    condition: lasts("degraded", "healthDegraded", "has been running degraded for"),
    over,
  },
];
