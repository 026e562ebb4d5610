import type { Cause } from "../../../machine/observation";
import { byManager, unseen, withCommandOf } from "./cause-of-asking";
import type { Situation } from "./situation";
import { mainExitInWords, signalInWords, systemdSpanInWords } from "./words";

type During = "start" | "run" | "stop";

/** Why it is in failure, by Result, how the main process ended and what the journal hinted at. */
export function causeOfFailure(situation: Situation, during: During): Cause {
  const { memory } = situation;
  const cause = causeByResult(situation, during);
  switch (during) {
    case "start":
      return withCommandOf(cause, memory.startCause);
    case "stop":
      return withCommandOf(cause, memory.stopCause);
    case "run":
      return cause;
  }
}

function causeByResult(situation: Situation, during: During): Cause {
  const { memory, properties } = situation;
  const hint = memory.hint.invocation === properties.invocation ? memory.hint : null;
  const exit = mainExitInWords(properties);
  const refused = during === "start" && memory.life.invocation === "";
  if (refused && properties.result !== "start-limit-hit")
    return byManager("the start was refused before a process was made, as by the start limit");
  switch (properties.result) {
    case "exit-code":
    case "signal":
    case "core-dump":
      return causeOfBadExit(situation, during, hint?.commandExit ?? null, hint?.signalSent ?? null);
    case "timeout":
      return byManager(timeoutInWords(situation, during, hint?.timedOut ?? null));
    case "watchdog":
      return byManager("the watchdog got no sign of life in time and ended it");
    case "oom-kill":
      return { kind: "host", detail: hint?.outOfMemory ?? "out of memory: a process of it was killed" };
    case "start-limit-hit":
      return byManager("started too often in too short a time: the start limit was hit");
    case "protocol":
      return {
        kind: "service",
        detail: `${exit ?? "it behaved otherwise"}: not what its Type= asks for (protocol)`,
      };
    case "resources":
      return byManager(
        hint?.spawnFailed ?? "systemd could not set it up (resources): the journal says what was missing",
      );
    case "success":
    case "exec-condition":
    case undefined:
      return unseen(`failed, and systemd does not say why${exit === null ? "" : ` (${exit})`}`);
    default:
      return unseen(`failed with the result "${properties.result}"${exit === null ? "" : ` (${exit})`}`);
  }
}

function causeOfBadExit(
  { properties }: Situation,
  during: During,
  commandExit: string | null,
  signalSent: string | null,
): Cause {
  const { execMainCode, execMainStatus } = properties;
  const exit = mainExitInWords(properties);
  // Ended by the SIGTERM that follows a failed ExecStop=: that is the consequence, not the cause.
  const asAsked = execMainCode === 1 ? execMainStatus === 0 : during === "stop" && execMainStatus === 15;
  if (exit === null || (asAsked && properties.result === "exit-code")) {
    const which = during === "stop" ? "a stop command" : "a start command";
    return { kind: "service", detail: commandExit ?? `${which} failed (${properties.result})` };
  }
  if (signalSent !== null) return { kind: "host-operator", detail: `${exit}: ${signalSent}` };
  const when = during === "start" ? " before it was ready" : during === "stop" ? " when asked to stop" : "";
  return { kind: "service", detail: `${exit}${when}` };
}

function timeoutInWords({ properties }: Situation, during: During, hint: string | null): string {
  switch (during) {
    case "start": {
      const limit = systemdSpanInWords(properties.timeoutStartUs);
      return `the start timed out${limit === null ? "" : `: not ready within ${limit}`}`;
    }
    case "stop": {
      const limit = systemdSpanInWords(properties.timeoutStopUs);
      return (
        hint ?? `the stop timed out${limit === null ? "" : `: still there after ${limit}`}; it was killed`
      );
    }
    case "run":
      return hint ?? "its time limit (such as RuntimeMaxSec=) was over, and it was ended";
  }
}

/** It ended well, and nobody's job had asked it to. */
export function causeOfOwnEnd(situation: Situation): Cause {
  const { memory, properties } = situation;
  const exit = mainExitInWords(properties);
  if (properties.execMainCode === 2) {
    const { hint } = memory;
    if (hint.invocation === properties.invocation && hint.signalSent)
      return { kind: "host-operator", detail: `ended: ${hint.signalSent}` };
    const signal = signalInWords(properties.execMainStatus ?? 0);
    return unseen(`ended by ${signal}, not by a job: someone sent the signal or it ended itself`);
  }
  if (memory.state === "Starting") return { kind: "service", detail: `finished: ${exit ?? "it has ended"}` };
  return { kind: "service", detail: `${exit ?? "ended"} by itself` };
}

/** What began the stop, and how it came out. */
export function causeOfStopped(situation: Situation): Cause {
  const { stopCause } = situation.memory;
  const exit = mainExitInWords(situation.properties);
  if (stopCause === null || stopCause.kind === "service") return causeOfOwnEnd(situation);
  return exit === null ? stopCause : { ...stopCause, detail: `${stopCause.detail}: ${exit}` };
}
