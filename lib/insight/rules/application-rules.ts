import { commandTargets } from "../../machine/command-targets";
import { spanInWords } from "../../span-in-words";
import type { ServicePicture } from "./picture";
import type { ServiceRule } from "./rule";
import { asSentence } from "./sentence";
import { nowInWords } from "./state-rules";

/** What an application says of itself, where its process says otherwise, or nothing. */
export const applicationRules: readonly ServiceRule[] = [
  {
    id: "truths-disagree",
    title: "Process and application disagree",
    severity: "critical",
    about: "service",
    origin: "practical",
    limit: {
      tag: "duration",
      key: "truthsDisagree",
      defaultMs: 120_000,
      what: "How long a process may be up whose application does not work.",
    },
    todo: "Its process looks well and it does no work: read what it says of itself and its log, and restart it if it does not come back.",
    waitsForCommand: true,
    condition: ({ id, application, limits }) => {
      const afterMs = limits.truthsDisagree ?? null;
      const disagreement = application?.disagreement ?? null;
      if (afterMs === null || disagreement === null) return null;
      const { since, seenMs, detail } = disagreement;
      const summary = `${id} is up as a process, but has not worked for ${spanInWords(afterMs)}.`;
      return { since, afterMs, seenMs, summary, why: asSentence(detail) };
    },
    over: (picture) =>
      picture.application === null
        ? nowInWords(picture)
        : `Its process and what it says of itself agree again. ${nowInWords(picture)}`,
  },
  {
    id: "sync-stalled",
    title: "Syncing without progress",
    severity: "warning",
    about: "service",
    origin: "practical",
    limit: {
      tag: "duration",
      key: "syncStalled",
      defaultMs: 600_000,
      what: "How long a node may be Syncing while its head does not move.",
    },
    todo: "Check its peers, its disk and its log; one that makes progress is left alone, however long it takes.",
    waitsForCommand: false,
    condition: ({ id, state, since, seenMs, application, limits }) => {
      const afterMs = limits.syncStalled ?? null;
      const sync = application?.sync ?? null;
      if (afterMs === null || sync === null || state !== "Syncing") return null;
      return {
        since: sync.progressAt ?? since,
        ...(sync.progressAt !== null && { stay: sync.progressAt }),
        whyAnother: asSentence(`its head has moved: ${sync.detail}`),
        afterMs,
        seenMs: Math.min(seenMs, sync.seenMs),
        summary: `${id} has been Syncing without progress for ${spanInWords(afterMs)}.`,
        why: asSentence(sync.detail),
      };
    },
    over: nowInWords,
  },
  {
    id: "validator-idle",
    title: "Validator does not propose",
    severity: "warning",
    about: "service",
    origin: "practical",
    limit: {
      tag: "duration",
      key: "validatorIdle",
      defaultMs: 300_000,
      what: "How long a validator may run without proposing the blocks that it should.",
    },
    todo: "Check that it has peers among the other validators, that its key is the one in the validator set, and its log for round changes.",
    waitsForCommand: true,
    condition: (picture) => {
      const { id, application, seenMs, limits } = picture;
      const afterMs = limits.validatorIdle ?? null;
      const idle = application?.idle ?? null;
      if (afterMs === null || idle === null || !isAtWork(picture)) return null;
      return {
        since: idle.since,
        afterMs,
        seenMs: Math.min(seenMs, idle.seenMs),
        summary: `${id} is running, but has taken no part as a validator for ${spanInWords(afterMs)}.`,
        why: asSentence(idle.detail),
      };
    },
    over: (picture) => (isAtWork(picture) ? "It proposes blocks again." : nowInWords(picture)),
  },
];

/** While it does not run, its state says what there is to say. */
function isAtWork({ machine, state }: ServicePicture): boolean {
  return commandTargets(machine, "start").includes(state);
}
