import { toRfc3339 } from "../../clock";
import type { Micros } from "../../machine/types";
import type { Application, Tunnel } from "../../wire/application";
import type { Health } from "../../wire/service";
import type { Told } from "../contract";
import type { TunnelAnswer } from "./answer";
import { checksOf } from "./checks";
import type { Silence, TunnelMemory } from "./memory";
import { activityOf, connectionsInWords, isUnresponsive, wantOf } from "./words";

export interface TellWish {
  /** What is asked, without anything secret. */
  readonly asked: string;
  readonly from: "here" | "host";
  /** So many failures in a row are believed. */
  readonly failures: number;
}

/** What is shown beside the state of a tunnel whose process is up. */
export function tell(memory: TunnelMemory, at: Micros, wish: TellWish): Told {
  const health = healthOf(memory, at, wish);
  const { answer } = memory;
  const application: Application = {
    says: saysOf(memory, health, silenceOf(memory, at, wish)),
    asked: wish.asked,
    from: wish.from,
    checks: [...checksOf(memory)],
    sync: null,
    node: null,
    tunnel: answer === null ? null : tunnelOf(answer),
    warning: null,
    disagreement: disagreementOf(memory, at, wish),
  };
  return { health, application, activity: activityOf(memory, at) };
}

/** Silence is believed after so many askings, and while it starts after longer than a start takes. */
function isBelieved(memory: TunnelMemory, silence: Silence, at: Micros, { failures }: TellWish): boolean {
  if (memory.answer === null && memory.state === "Starting") return isUnresponsive(silence, at);
  return silence.failures >= failures;
}

/** The silence that speaks instead of its last answer; null: the answer still stands. */
function silenceOf(memory: TunnelMemory, at: Micros, wish: TellWish): Silence | null {
  const { answer, silence } = memory;
  if (silence === null) return null;
  const speaks = answer === null || silence.failure === "denied" || isBelieved(memory, silence, at, wish);
  return speaks ? silence : null;
}

function healthOf(memory: TunnelMemory, at: Micros, wish: TellWish): Health {
  const { answer } = memory;
  const silence = silenceOf(memory, at, wish);
  if (silence?.failure === "denied") return { status: "unknown", detail: silence.why };
  if (silence !== null)
    return isBelieved(memory, silence, at, wish)
      ? { status: "failing", detail: `it does not answer: ${silence.why}` }
      : { status: "unknown", detail: `no answer yet: ${silence.why}` };
  if (answer === null) return { status: "unknown", detail: "not asked yet" };
  const { status, ready: have } = answer;
  const want = wantOf(answer);
  const detail = connectionsInWords(have, want);
  if (status === 503) return { status: "failing", detail, have, want };
  return { status: have < want ? "degraded" : "ok", detail, have, want };
}

function saysOf(memory: TunnelMemory, { detail }: Health, silence: Silence | null): string {
  if (silence !== null) return silence.mend === null ? detail : `${detail}. ${silence.mend}`;
  const protocol = memory.answer?.details?.protocol ?? null;
  if (memory.answer?.status === 503) return "no connection with Cloudflare's edge is registered";
  return protocol === null ? detail : `${detail}, over ${protocol}`;
}

function tunnelOf(answer: TunnelAnswer): Tunnel {
  const { ready, connectorId, details } = answer;
  return {
    connections: (details?.connections ?? []).map((connection) => ({ ...connection })),
    have: ready,
    want: wantOf(answer),
    protocol: details?.protocol ?? null,
    version: details?.version ?? null,
    connectorId,
  };
}

/** The process is well, and the tunnel is not: but for a start that still takes its ordinary time. */
function disagreementOf(memory: TunnelMemory, at: Micros, wish: TellWish): Application["disagreement"] {
  const { process, answer, silence } = memory;
  if (process?.state !== "Running") return null;
  const since = (from: Micros) => toRfc3339(Math.max(from, process.since ?? from));
  if (silence !== null && silence.failure !== "denied" && isBelieved(memory, silence, at, wish))
    return {
      since: since(silence.since),
      what: `the process runs and the tunnel does not answer: ${silence.why}`,
    };
  if (answer?.status !== 503) return null;
  return {
    since: since(memory.since ?? at),
    what: "the process runs and the tunnel has no connection with Cloudflare's edge",
  };
}
