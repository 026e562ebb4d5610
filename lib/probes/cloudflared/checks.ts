import type { Check } from "../../wire/application";
import type { TunnelAnswer } from "./answer";
import type { TunnelMemory } from "./memory";
import { connectionsInWords, wantOf } from "./words";

/** The specification's "Verification" of Running, and the two that make a tunnel one. */
export function checksOf(memory: TunnelMemory): readonly Check[] {
  const fromAnswer = (read: (answer: TunnelAnswer) => Found) => answered(memory, read);
  return [
    { what: "Health check endpoint responding", ...responding(memory) },
    { what: "Service logs showing normal operation", ...logs(memory) },
    { what: "Metrics indicating activity", ...fromAnswer(activity) },
    { what: "Connected to Cloudflare's edge", ...fromAnswer(connected) },
    { what: "All connections registered", ...fromAnswer(complete) },
  ];
}

type Found = Omit<Check, "what">;

const unasked: Found = { result: "unknown", detail: "not asked yet" };

/** While it is silent, what it answered last is not claimed any more. */
function answered({ answer, silence }: TunnelMemory, read: (answer: TunnelAnswer) => Found): Found {
  if (silence !== null) return { result: "unknown", detail: `no answer: ${silence.why}` };
  return answer === null ? unasked : read(answer);
}

function responding(memory: TunnelMemory): Found {
  const { silence } = memory;
  if (silence === null)
    return answered(memory, ({ status }) => ({ result: "yes", detail: `/ready answers HTTP ${status}` }));
  const detail = silence.mend === null ? silence.why : `${silence.why}. ${silence.mend}`;
  return { result: silence.failure === "denied" ? "unknown" : "no", detail };
}

function logs({ log }: TunnelMemory): Found {
  if (log.readAt === null) return { result: "unknown", detail: "its log is not read for this" };
  return log.trouble === null
    ? { result: "yes", detail: "its log shows no trouble with its connections" }
    : { result: "no", detail: `its log: ${log.trouble}` };
}

/** Nothing that came through yet is no activity, and no fault either. */
function activity({ details }: TunnelAnswer): Found {
  const requests = details?.requests ?? null;
  if (requests === null)
    return { result: "unknown", detail: "its /metrics do not say how much comes through it" };
  if (requests === 0) return { result: "unknown", detail: "nothing has come through it since its start" };
  const count = requests === 1 ? "1 request has" : `${requests.toLocaleString("en-US")} requests have`;
  return { result: "yes", detail: `${count} come through it since its start` };
}

function connected({ status }: TunnelAnswer): Found {
  return status === 200
    ? { result: "yes", detail: "/ready says that at least one connection is registered" }
    : { result: "no", detail: "/ready says that no connection is registered" };
}

function complete(answer: TunnelAnswer): Found {
  const want = wantOf(answer);
  return { result: answer.ready >= want ? "yes" : "no", detail: connectionsInWords(answer.ready, want) };
}
