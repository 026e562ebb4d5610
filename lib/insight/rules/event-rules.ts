import { commandTargets } from "../../machine/command-targets";
import type { OperatorEvent } from "../../machine/types";
import type { FailedCommand, ServicePicture } from "./picture";
import type { ServiceRule } from "./rule";
import { asSentence } from "./sentence";
import { nowInWords } from "./state-rules";

/** What is told at once: thrashing, and a command that did not do what was asked. */
export const eventRules: readonly ServiceRule[] = [
  {
    id: "thrash",
    title: "Frequent state transitions (thrashing)",
    severity: "warning",
    about: "service",
    origin: "specified",
    limit: { tag: "thrash", key: "thrash", what: "What counts as a crash loop." },
    todo: "Check its log around the newest failure and fix the cause; stop it meanwhile if the restarts do harm.",
    waitsForCommand: true,
    condition: ({ id, thrash, limits }) => {
      if (thrash.since === null || (limits.thrash ?? null) === null) return null;
      const what = thrash.level === "flapping" ? "is flapping" : "is in a crash loop";
      return { since: thrash.since, afterMs: 0, seenMs: 0, summary: `${id} ${what}.`, why: thrash.why };
    },
    over: ({ thrash }) => thrash.why,
  },
  {
    id: "command-failed",
    title: "Command failed",
    severity: "warning",
    about: "service",
    origin: "practical",
    limit: {
      tag: "switch",
      key: "commandFailed",
      on: true,
      after: "at once",
      what: "Whether to tell when a command fails, times out, or its effect does not hold.",
    },
    todo: "Read why it failed, check the service's log, and command it again once the cause is gone.",
    waitsForCommand: false,
    condition: (picture) => {
      const { failed, limits } = picture;
      if (failed === null || (limits.commandFailed ?? null) === null || isAsWanted(picture, failed.event))
        return null;
      return {
        since: failed.settledAt,
        stay: failed.settledAt,
        afterMs: 0,
        seenMs: 0,
        summary: `${picture.id}: ${failed.actor}'s ${failed.event} ${fateInWords(failed)}.`,
        why: asSentence(failed.detail),
      };
    },
    over: (picture) => (picture.failed === null ? "A later command succeeded." : nowInWords(picture)),
  },
];

/** The state is what the command was to bring about, however it came there. */
function isAsWanted({ machine, state }: ServicePicture, event: OperatorEvent): boolean {
  return commandTargets(machine, event).includes(state);
}

function fateInWords({ status }: FailedCommand): string {
  switch (status) {
    case "failed":
      return "failed";
    case "timed-out":
      return "did not come to its end in time";
  }
}
