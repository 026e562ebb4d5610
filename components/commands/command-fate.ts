import type { OperatorEvent } from "@/lib/machine/types";
import type { Command, Service } from "@/lib/wire/service";

/** What a person who pressed a button has so far, or is told of what did not come of it. */
export type Attempt =
  | { readonly tag: "none" }
  | { readonly tag: "asking"; readonly event: OperatorEvent }
  | {
      readonly tag: "refused";
      readonly event: OperatorEvent;
      readonly reason: string;
      /** Milliseconds by the server's clock. */
      readonly at: number;
    };

export type FateTone = "busy" | "good" | "bad" | "unclear";

export interface Fate {
  readonly tone: FateTone;
  readonly event: OperatorEvent;
  /** One line: "Stopping…", "Stopped and held", "refused: …". */
  readonly line: string;
  /** How far it is: 0 asked, 1 accepted, 2 under way, 3 reached, 4 proven. */
  readonly step: number;
  readonly command: Command | null;
}

/** A proven command is shown this long at most; every outcome until the service moves on. */
const provenShownMs = 20_000;
const refusedShownMs = 60_000;

/** The fate to show beside the buttons; `null` when there is nothing to say any more. */
export function fateOf(
  attempt: Attempt,
  command: Command | null,
  service: Service,
  serverNow: number,
): Fate | null {
  switch (attempt.tag) {
    case "asking":
      return { tone: "busy", event: attempt.event, line: "asked…", step: 0, command: null };
    case "refused":
      if (serverNow - attempt.at > refusedShownMs) return null;
      return { tone: "bad", event: attempt.event, line: attempt.reason, step: 0, command: null };
    case "none":
      return command === null ? null : fateOfCommand(command, service, serverNow);
  }
}

function fateOfCommand(command: Command, service: Service, serverNow: number): Fate | null {
  const fate = { event: command.event, command };
  switch (command.status) {
    case "requested":
      return { ...fate, tone: "busy", line: "asked…", step: 0 };
    case "accepted":
      return { ...fate, ...progressOf(command, service) };
    case "proven":
      if (movedSince(command, service)) return null;
      if (serverNow - Date.parse(command.settledAt ?? command.requestedAt) > provenShownMs) return null;
      return { ...fate, tone: "good", line: command.detail ?? `${service.state} and held`, step: 4 };
    case "failed":
      return movedSince(command, service)
        ? null
        : { ...fate, tone: "bad", line: sayOutcome("failed", command), step: 2 };
    case "timed-out":
      return movedSince(command, service)
        ? null
        : { ...fate, tone: "bad", line: sayOutcome("not done in time", command), step: 2 };
    case "unknown":
      return movedSince(command, service)
        ? null
        : { ...fate, tone: "unclear", line: sayOutcome("outcome unknown", command), step: 2 };
  }
}

function progressOf(command: Command, service: Service): Pick<Fate, "tone" | "line" | "step"> {
  if (command.reachedAt !== null) return { tone: "busy", line: `${service.state}, being held`, step: 3 };
  const moved = service.since !== null && Date.parse(service.since) >= Date.parse(command.requestedAt);
  return moved
    ? { tone: "busy", line: `${service.state}…`, step: 2 }
    : { tone: "busy", line: "accepted…", step: 1 };
}

function sayOutcome(outcome: string, command: Command): string {
  return command.detail === null ? outcome : `${outcome}: ${command.detail}`;
}

/** An outcome is old news once the service has gone on to another state after it. */
function movedSince(command: Command, service: Service): boolean {
  if (command.settledAt === null || service.since === null) return false;
  return Date.parse(service.since) > Date.parse(command.settledAt);
}
