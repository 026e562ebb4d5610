"use client";

import { useCallback, useRef, useState } from "react";
import type { OperatorEvent } from "@/lib/machine/types";
import type { Service } from "@/lib/wire/service";
import { RequestProblem } from "../live/read-json";
import { useFleetStore, useIsPictureOld, useLastCommand } from "../live/use-fleet";
import { serverNow, useTicking } from "../ui/clock";
import { type Attempt, type Fate, fateOf } from "./command-fate";
import { runCommand } from "./run-command";

export interface Operator {
  /** Why this event cannot be asked for now; `null` if it can. */
  refusal(event: OperatorEvent): string | null;
  /** Asks for it; a refused event only shows its reason. */
  press(event: OperatorEvent, reason?: string): void;
  /** Stops a service whose command under way can be called off; `null` where there is nothing to call off. */
  readonly callOff: ((reason?: string) => void) | null;
  readonly fate: Fate | null;
  /** Takes a refusal away. */
  dismiss(): void;
}

const unanswered =
  "The request was not answered. Whether it arrived is not known: watch the state before asking again.";

/** The levers of one service: what they allow, what was pulled, and what became of it. */
export function useOperator(service: Service): Operator {
  const store = useFleetStore();
  const pictureIsOld = useIsPictureOld();
  const [attempt, setAttempt] = useState<Attempt>({ tag: "none" });
  const asking = useRef(false);
  const command = useLastCommand(service.id);

  function refusal(event: OperatorEvent): string | null {
    if (pictureIsOld) return "The live feed is lost: this picture may be old.";
    const refused = service.refused.find((each) => each.event === event);
    if (refused !== undefined) return refused.reason;
    return service.allowed.includes(event) ? null : "Not possible now.";
  }

  function refuse(event: OperatorEvent, reason: string): void {
    setAttempt({ tag: "refused", event, reason, at: serverNow() });
  }

  async function ask(event: OperatorEvent, reason?: string, override?: "busy"): Promise<void> {
    asking.current = true;
    setAttempt({ tag: "asking", event });
    try {
      const extras = { ...(reason ? { reason } : {}), ...(override ? { override } : {}) };
      store.takeCommand(await runCommand(service.id, { event, expectedSeq: service.seq, ...extras }));
      setAttempt({ tag: "none" });
    } catch (error) {
      // What the network says is no word for a person.
      refuse(event, error instanceof RequestProblem ? error.message : unanswered);
    } finally {
      asking.current = false;
    }
  }

  // The line itself is what ticks: a settled command's words go away after a while.
  const shown = useTicking(
    useCallback(
      (_now: number, now: number) => fateOf(attempt, command, service, now) !== null,
      [attempt, command, service],
    ),
  );

  const canCallOff = !pictureIsOld && service.refused.some(({ override }) => override === "busy");

  return {
    refusal,
    callOff: canCallOff
      ? (reason) => {
          if (!asking.current) void ask("stop", reason, "busy");
        }
      : null,
    press(event, reason) {
      const refused = refusal(event);
      if (asking.current) return;
      if (refused !== null) refuse(event, refused);
      else void ask(event, reason);
    },
    fate: shown ? fateOf(attempt, command, service, 0) : null,
    dismiss: () => setAttempt({ tag: "none" }),
  };
}
