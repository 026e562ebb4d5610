import type { Micros } from "../../../machine/types";
import { type BesuMemory, hasSpoken, isDenied, isSilent } from "./besu-memory";
import { type BesuSettings, speaksItself } from "./besu-settings";
import { firstStartEnds } from "./first-start";
import type { Verdict } from "./verdict";

/** A sync that has not moved on for so long is stuck. */
const stuckUs = 120_000_000;

/** How the node does not work while its process is up. */
export interface Amiss {
  readonly what: string;
  /** False in a first start, where this is ordinary. */
  readonly isShown: boolean;
}

/** Null: process and application agree, or a sync goes on as it should. */
export function amissOf(
  memory: BesuMemory,
  settings: BesuSettings,
  verdict: Verdict,
  at: Micros,
): Amiss | null {
  const { failed, state, wasInSync, log } = memory;
  if (!memory.isUp) return null;
  const ends = firstStartEnds(memory);
  const isShown = wasInSync || ends === null || at >= ends;
  if (failed !== null && !isDenied(memory, settings)) {
    const what = `the process is up, and ${settings.rpc === null ? "its metrics do" : "its RPC does"} not answer`;
    if (!hasSpoken(state)) return { what, isShown };
    if (isSilent(memory, settings)) return { what, isShown: true };
  }
  if (log.hasHalted)
    return {
      what: "the process is up, and its part in consensus has ended with a fatal error",
      isShown: true,
    };
  if (!hasSpoken(state) || verdict.tag !== "not-in-sync") return null;
  switch (verdict.reason) {
    case "no-peers":
      return {
        what: `the process is up, and the node has ${verdict.detail.startsWith("no peers") ? "no peers" : "too few peers"}`,
        isShown,
      };
    case "old-head":
      return { what: "the process is up, and the head of the node stands still", isShown };
    case "behind":
      return isStuck(memory, settings, at)
        ? { what: "the process is up, and its sync does not move on", isShown: true }
        : null;
  }
}

/** Whether a node that is behind has stopped catching up. */
export function isStuck(
  { progressAt, answeredSince, failed }: BesuMemory,
  settings: BesuSettings,
  at: Micros,
): boolean {
  const since = Math.max(progressAt ?? 0, answeredSince ?? 0);
  return speaksItself(settings) && failed === null && since > 0 && at - since >= stuckUs;
}
