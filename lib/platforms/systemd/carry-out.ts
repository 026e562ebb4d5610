import type { OperatorEvent } from "../../machine/types";
import { BusError } from "./bus/bus-error";
import { explainError, type UnitVerb } from "./explain-error";
import type { Session } from "./session";
import type { UnitProperties } from "./unit-facts";

type Outcome =
  | { readonly tag: "done" }
  /** No answer came: it may be under way. */
  | { readonly tag: "unclear"; readonly reason: string }
  | { readonly tag: "refused"; readonly reason: string };

interface Target {
  readonly watched: { readonly unit: string };
  readonly properties: UnitProperties;
}

/**
 * Asks systemd for what an operator wants. That it is taken proves nothing.
 * @param onJob called as soon as systemd has answered, with the job it made of it; null: none.
 */
export async function carryOut(
  session: Session,
  target: Target,
  event: OperatorEvent,
  onJob: (job: number | null) => void,
): Promise<Outcome> {
  const { unit } = target.watched;
  const ask = async (verb: UnitVerb, call: () => Promise<{ job: number | null }>): Promise<Outcome> => {
    try {
      onJob((await call()).job);
      return { tag: "done" };
    } catch (error) {
      const words = explainError(error, unit, verb, session.facts.uid);
      const reason = `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
      return { tag: isUnanswered(error) ? "unclear" : "refused", reason };
    }
  };
  switch (event) {
    case "start":
    case "stop":
    case "restart":
      return ask(event, () => session.enqueue(unit, event));
    case "reset": {
      // A failed unit that waits for its automatic restart, or left processes behind, is stopped first.
      const stopped = needsStop(target.properties)
        ? await ask("stop", () => session.enqueue(unit, "stop"))
        : null;
      if (stopped !== null && stopped.tag !== "done") return stopped;
      return ask("reset-failed", async () => {
        await session.resetFailed(unit);
        return { job: null };
      });
    }
  }
}

/** The connection ended, or the limit passed, before the answer came. */
function isUnanswered(error: unknown): boolean {
  return error instanceof BusError && /\.(Disconnected|NoReply|Timeout|TimedOut)$/.test(error.name);
}

function needsStop({ activeState, subState }: UnitProperties): boolean {
  return activeState !== "failed" && !(activeState === "inactive" && subState === "dead");
}
