"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { Matcher, SilenceKind } from "@/lib/wire/alert";
import { postJson, RequestProblem } from "../live/read-json";
import { serverNow } from "../ui/clock";
import { type DraftProblems, requestOf, type SpanDraft } from "./expected-draft";
import { silencesKey } from "./use-silences";

export interface Expect {
  /** What is wrong with what was typed, at its fields; said when it is sent, and until it is mended. */
  readonly problems: DraftProblems;
  readonly asking: boolean;
  /** What the server said to it, in words; what was typed stays. */
  readonly refusal: string | null;
  send(matcher: Matcher | null): void;
}

/** Sends a silence or a maintenance. @param onDone called when it holds. */
export function useExpect(kind: SilenceKind, draft: SpanDraft, onDone: () => void): Expect {
  const queries = useQueryClient();
  const [problems, setProblems] = useState<DraftProblems>({});
  const [asking, setAsking] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);

  async function send(matcher: Matcher | null): Promise<void> {
    if (asking) return;
    const answer = requestOf(kind, matcher, draft, serverNow());
    setRefusal(null);
    setProblems("problems" in answer ? answer.problems : {});
    if ("problems" in answer) return;
    setAsking(true);
    try {
      await postJson("/api/v1/silences", answer.request);
      void queries.invalidateQueries({ queryKey: silencesKey });
      onDone();
    } catch (error) {
      setRefusal(error instanceof RequestProblem ? error.message : "Signalbox did not answer as expected.");
    } finally {
      setAsking(false);
    }
  }

  return { problems, asking, refusal, send: (matcher) => void send(matcher) };
}
