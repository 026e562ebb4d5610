import type { Check } from "../../wire/application";
import type { TunnelMemory } from "./memory";
import { connectionsInWords, wantOf } from "./words";

/** The specification's "Verification" of Running, and the two that make a tunnel one. */
export function checksOf(memory: TunnelMemory): readonly Check[] {
  return [
    { what: "Health check endpoint responding", ...responding(memory) },
    { what: "Service logs showing normal operation", ...logs(memory) },
    { what: "Metrics indicating activity", ...activity(memory) },
    { what: "Connected to Cloudflare's edge", ...connected(memory) },
    { what: "All connections registered", ...complete(memory) },
  ];
}

type Found = Omit<Check, "what">;

const unasked: Found = { result: "unknown", detail: "It was not asked yet." };

/** Nothing newer than what it answered last may be claimed while it is silent. */
function silent({ silence }: TunnelMemory): Found | null {
  return silence === null ? null : { result: "unknown", detail: `No answer: ${silence.why}.` };
}

function responding({ answer, silence }: TunnelMemory): Found {
  if (silence !== null) {
    const result = silence.failure === "unreachable" || silence.failure === "denied" ? "unknown" : "no";
    return { result, detail: `No answer: ${silence.why}.` };
  }
  if (answer === null) return unasked;
  return { result: "yes", detail: `/ready answers, with HTTP ${answer.status}.` };
}

function logs({ log }: TunnelMemory): Found {
  if (log.readAt === null) return { result: "unknown", detail: "Its log is not read for this." };
  return log.trouble === null
    ? { result: "yes", detail: "Its log shows no trouble with its connections." }
    : { result: "no", detail: `Its log: ${log.trouble}.` };
}

function activity(memory: TunnelMemory): Found {
  const { answer } = memory;
  const requests = answer?.details?.requests ?? null;
  if (memory.silence !== null) return silent(memory) ?? unasked;
  if (answer === null) return unasked;
  if (requests === null)
    return { result: "unknown", detail: "Its /metrics do not say how much comes through it." };
  if (requests === 0) return { result: "unknown", detail: "Nothing has come through it since its start." };
  const count = requests === 1 ? "1 request has" : `${requests.toLocaleString("en-US")} requests have`;
  return { result: "yes", detail: `${count} come through it since its start.` };
}

function connected(memory: TunnelMemory): Found {
  const { answer } = memory;
  if (memory.silence !== null) return silent(memory) ?? unasked;
  if (answer === null) return unasked;
  return answer.status === 200
    ? { result: "yes", detail: "/ready says that at least one connection is registered." }
    : { result: "no", detail: "/ready says that no connection is registered." };
}

function complete(memory: TunnelMemory): Found {
  const { answer } = memory;
  if (memory.silence !== null) return silent(memory) ?? unasked;
  if (answer === null) return unasked;
  const { ready } = answer;
  const want = wantOf(answer);
  const words = connectionsInWords(ready, want);
  return { result: ready >= want ? "yes" : "no", detail: `${words[0]?.toUpperCase()}${words.slice(1)}.` };
}
