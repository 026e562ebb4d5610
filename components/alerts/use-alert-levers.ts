"use client";

import { useState } from "react";
import type { Alert } from "@/lib/wire/alert";
import { postJson, RequestProblem } from "../live/read-json";
import { useFleetStore, useIsPictureOld } from "../live/use-fleet";

type Asked =
  | { readonly tag: "nothing" }
  | { readonly tag: "asking" }
  | { readonly tag: "refused"; readonly why: string };

export interface AlertLevers {
  /** Why nothing can be asked for now; `null` if it can. */
  readonly refusal: string | null;
  /** Says that somebody has it. @param note what is being done; may be empty. */
  acknowledge(note: string): void;
  /** Takes an acknowledgement back. */
  unacknowledge(): void;
  readonly asking: boolean;
  /** Why the last request came to nothing, in words. */
  readonly problem: string | null;
}

/** What can be done about one alert, and what became of the last attempt. */
export function useAlertLevers({ id }: Alert): AlertLevers {
  const { alerts } = useFleetStore();
  const pictureIsOld = useIsPictureOld();
  const [asked, setAsked] = useState<Asked>({ tag: "nothing" });
  const asking = asked.tag === "asking";

  async function ask(verb: "acknowledge" | "unacknowledge", body: object): Promise<void> {
    if (asking || pictureIsOld) return;
    setAsked({ tag: "asking" });
    try {
      const answer = await postJson(`/api/v1/alerts/${encodeURIComponent(id)}/${verb}`, body);
      // The feed tells the same to everyone; whoever pressed need not wait for it.
      if (isAlert(answer)) alerts.take(answer);
      setAsked({ tag: "nothing" });
    } catch (error) {
      const why = error instanceof RequestProblem ? error.message : "Signalbox did not answer as expected.";
      setAsked({ tag: "refused", why });
    }
  }

  return {
    refusal: pictureIsOld ? "The live feed is lost: this picture may be old." : null,
    acknowledge: (note) => void ask("acknowledge", note.trim() === "" ? {} : { note: note.trim() }),
    unacknowledge: () => void ask("unacknowledge", {}),
    asking,
    problem: asked.tag === "refused" ? asked.why : null,
  };
}

function isAlert(answer: unknown): answer is Alert {
  return typeof answer === "object" && answer !== null && "status" in answer && "firedAt" in answer;
}
