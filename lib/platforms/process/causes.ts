import { spanInWords } from "../../clock";
import type { Cause } from "../../machine/observation";
import type { Trigger } from "./facts";
import type { Exit, Memory, Stop } from "./memory";
import { attemptInWords, failedStopInWords, unaskedExitInWords } from "./words";

/** What a trigger brought about: "started", "stopped", "restarted", "reset". */
export function causeOf(trigger: Trigger, deed: string): Cause {
  switch (trigger.tag) {
    case "operator":
      return {
        kind: "operator",
        actor: trigger.actor,
        commandId: trigger.commandId,
        detail: `${deed} by ${trigger.actor}`,
      };
    case "automatic-restart":
      return byManager(`automatic restart, ${attemptInWords(trigger.attempt, trigger.max)}`);
    case "autostart":
      return byManager("started together with Signalbox (autostart)");
    case "resumed":
      return byManager(
        `started again: it was to be up when ${trigger.unconfigured ? "it was last watched" : "Signalbox went away"}`,
      );
    case "signalbox-ending":
      return byManager("Signalbox was ended");
    case "left-over":
      return byManager("ended a left-over of an earlier run");
    case "unconfigured":
      return byManager("it was taken out of the configuration");
  }
}

/** A consequence of what the trigger began: the same cause, and how it came out. */
export function outcomeOf(trigger: Trigger, deed: string, outcome: string): Cause {
  const cause = causeOf(trigger, deed);
  return { ...cause, detail: `${cause.detail}: ${outcome}` };
}

/** The service ended by itself. */
export function causeOfExit(exit: Exit, when = "", trigger?: Trigger): Cause {
  return { kind: "service", ...commandOf(trigger), detail: unaskedExitInWords(exit, when) };
}

/** Processes that outlast their deadline are the manager's doing; a bad answer is the service's own. */
export function causeOfFailedStop(stop: Stop, exit: Exit | null): Cause {
  const kind = stop.timedOut === null ? "service" : "service-manager";
  return { kind, ...commandOf(stop.trigger), detail: failedStopInWords(stop, exit) };
}

/** The deadline for starting was over; the process was stopped first. */
export function causeOfLateStart(memory: Memory): Cause {
  const { start, startTimedOut, stop } = memory;
  const limit = spanInWords(startTimedOut?.limitMs ?? 0);
  const why = startTimedOut?.detail ? `: ${startTimedOut.detail}` : "";
  const killed = stop?.timedOut ? `; it ${failedStopInWords(stop, null)}` : "";
  const goal = start?.oneshot ? "finished" : "ready";
  return byManager(`not ${goal} within ${limit}${why}${killed}`, start?.trigger);
}

export function byManager(detail: string, trigger?: Trigger): Cause {
  return { kind: "service-manager", ...commandOf(trigger), detail };
}

function commandOf(trigger: Trigger | undefined): { commandId?: string } {
  return trigger?.tag === "operator" ? { commandId: trigger.commandId } : {};
}
