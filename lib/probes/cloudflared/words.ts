import type { Micros } from "../../machine/types";
import { spanInWords } from "../../span-in-words";
import type { TunnelAnswer } from "./answer";
import type { Silence, TunnelMemory } from "./memory";

/** The default of cloudflared's hidden option --ha-connections (cmd/cloudflared/tunnel/cmd.go). */
const defaultConnections = 4;

/** How many connections the tunnel is to hold: what it was told where it says so, else cloudflared's default. */
export function wantOf(answer: TunnelAnswer): number {
  return answer.details?.want ?? defaultConnections;
}

/** "2 of 4 connections are registered". */
export function connectionsInWords(ready: number, want: number): string {
  const of = ready > want ? `${ready} connections` : `${ready} of ${want} connections`;
  return `${of} ${ready === 1 ? "is" : "are"} registered`;
}

/** How long it may be silent after its start before it counts as unresponsive, in ms. */
export const unresponsiveMs = 120_000;

/** A start that has not answered for longer than a start takes. */
export function isUnresponsive({ since }: Silence, at: Micros): boolean {
  return at - since >= unresponsiveMs * 1000;
}

/**
 * What is said in place of the platform's activity. A tunnel that starts again and again without ever
 * connecting is told as that: systemd's start limit never sees a loop of 20 s (DOMAIN §3).
 */
export function activityOf(memory: TunnelMemory, at: Micros): string | null {
  const { state, answer, silence, log } = memory;
  if (state === "Starting" && silence !== null) {
    const waits = isUnresponsive(silence, at) ? "unresponsive" : "waiting for its metrics server";
    return `${waits}: ${silence.why}${loopInWords(memory, at)}`;
  }
  if (answer?.status !== 503) return null;
  const trouble = log.trouble === null ? "" : `: ${log.trouble}`;
  return state === "Reconnecting"
    ? `reconnecting${trouble}`
    : `connecting${trouble}${loopInWords(memory, at)}`;
}

/** "; has tried to connect for 3 min, in 10 starts: no connection came of it" */
function loopInWords({ fruitless }: TunnelMemory, at: Micros): string {
  if (fruitless === null || fruitless.starts < 2) return "";
  // Whole minutes: a text that changes with every asking would be written with every asking.
  const minutes = Math.floor((at - fruitless.since) / 60_000_000);
  const span = minutes < 1 ? "" : ` for ${spanInWords(minutes * 60_000)}`;
  return `; has tried to connect${span}, in ${fruitless.starts} starts: no connection came of it`;
}
