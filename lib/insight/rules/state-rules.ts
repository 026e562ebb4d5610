import { spanInWords } from "../../span-in-words";
import { isSteady } from "../steady-states";
import type { ServicePicture } from "./picture";
import type { Condition, ServiceRule } from "./rule";
import { asSentence } from "./sentence";

/** How long a node syncs is how far it was behind: no length of it is unusual while it makes progress. */
const ofNoUsualLength = "Syncing";

function lastsIn(state: string, key: string, words: string) {
  return (picture: ServicePicture): Condition | null => {
    const afterMs = picture.limits[key] ?? null;
    if (picture.state !== state || afterMs === null) return null;
    return {
      since: picture.since,
      stay: picture.since,
      afterMs,
      seenMs: picture.seenMs,
      summary: `${picture.id} ${words} ${spanInWords(afterMs)}.`,
      why: picture.cause === null ? "How it came there was not seen." : asSentence(picture.cause.detail),
    };
  };
}

export function nowInWords({ state, cause }: ServicePicture): string {
  return cause === null ? `It is ${state}.` : `It is ${state}: ${cause.detail.replace(/\.$/, "")}.`;
}

/** The specification's alerts on how long a state lasts ("Monitoring and Alerts"), and what is unusual. */
export const stateRules: readonly ServiceRule[] = [
  {
    id: "error",
    title: "Service in Error state",
    severity: "critical",
    about: "service",
    origin: "specified",
    limit: { tag: "duration", key: "error", defaultMs: 300_000, what: "How long a service may be in Error." },
    todo: "Check the error logs, verify the configuration, check what it depends on; then restart it.",
    waitsForCommand: true,
    lastsIn: "Error",
    condition: lastsIn("Error", "error", "has been in Error for"),
    over: nowInWords,
  },
  {
    id: "starting",
    title: "Service stuck in Starting",
    severity: "warning",
    about: "service",
    origin: "specified",
    limit: { tag: "duration", key: "starting", defaultMs: 600_000, what: "How long it may be Starting." },
    todo: "Check its log for what it waits for and fix that; a stuck start can be stopped and begun again.",
    waitsForCommand: false,
    lastsIn: "Starting",
    condition: lastsIn("Starting", "starting", "has been Starting for"),
    over: nowInWords,
  },
  {
    id: "stopping",
    title: "Service stuck in Stopping",
    severity: "warning",
    about: "service",
    origin: "specified",
    limit: { tag: "duration", key: "stopping", defaultMs: 120_000, what: "How long it may be Stopping." },
    todo: "Check its log for what it still finishes; force the stop on its host if it will not end.",
    waitsForCommand: false,
    lastsIn: "Stopping",
    condition: lastsIn("Stopping", "stopping", "has been Stopping for"),
    over: nowInWords,
  },
  {
    id: "reconnecting",
    title: "Tunnel stuck in Reconnecting",
    severity: "warning",
    about: "service",
    origin: "practical",
    limit: {
      tag: "duration",
      key: "reconnecting",
      defaultMs: 120_000,
      what: "How long a tunnel may be Reconnecting.",
    },
    todo: "Nothing comes in through it: check its log, and the way from its host to Cloudflare's edge (port 7844).",
    waitsForCommand: true,
    lastsIn: "Reconnecting",
    condition: lastsIn("Reconnecting", "reconnecting", "has been Reconnecting for"),
    over: nowInWords,
  },
  {
    id: "unusual",
    title: "Longer than usual on the way",
    severity: "info",
    about: "service",
    origin: "practical",
    limit: {
      tag: "switch",
      key: "unusual",
      on: false,
      after: "longer than 95 of 100 times before",
      what: "Whether to tell when a start, a stop or the like takes longer than 95 of 100 did before.",
    },
    todo: "Look at its log: it may only be slow today, or it may be stuck.",
    waitsForCommand: false,
    condition: (picture) => {
      const { state, usualMs } = picture;
      if ((picture.limits.unusual ?? null) === null || usualMs === null) return null;
      if (isSteady(state) || state === ofNoUsualLength) return null;
      const usual = spanInWords(usualMs);
      return {
        since: picture.since,
        stay: picture.since,
        afterMs: usualMs,
        seenMs: picture.seenMs,
        summary: `${picture.id} has been ${state} for longer than ${usual}, which is unusual for it.`,
        why: `95 of 100 times it was ${state} for less than ${usual}.`,
      };
    },
    over: nowInWords,
  },
];
