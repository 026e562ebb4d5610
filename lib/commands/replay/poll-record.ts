import { z } from "zod";
import type { Micros } from "../../machine/types";
import { stateOfActive } from "../../platforms/systemd/replay/beginning";
import type { Asked } from "../../probes/contract";

/**
 * A line of a `.poll.jsonl`: what `/ready` answered and what systemd said beside it, at each change.
 * `cloudflared_tunnel_ha_connections` stands in it too; it counts attempts, and nobody reads it.
 */
export const pollRecordSchema = z.object({
  /** Milliseconds since the polling began. */
  t_ms: z.number().min(0),
  /** Null: no answer. */
  ready_status: z.number().int().nullable(),
  ready_body: z.string().nullish(),
  /** NRestarts, ActiveState, SubState. */
  systemd: z.tuple([z.string(), z.string(), z.string()]),
});
type PollRecord = z.infer<typeof pollRecordSchema>;

/** What systemd said of the process, in the base machine's words. */
export interface PolledProcess {
  readonly at: Micros;
  readonly state: string | null;
  readonly restarts: number;
  readonly words: string;
}

export function processOf(
  { systemd: [restarts, activeState, subState] }: PollRecord,
  at: Micros,
): PolledProcess {
  return {
    at,
    state: stateOfActive({ activeState, subState }),
    restarts: Number(restarts) || 0,
    words: `${activeState} (${subState})`,
  };
}

export function readyOfPoll<Answer>(
  { ready_status: status, ready_body: body }: PollRecord,
  read: (status: number, body: string) => Asked<Answer>,
): Asked<Answer> {
  if (status !== null) return read(status, body ?? "");
  const why = body ?? "";
  if (/refused/i.test(why)) return { tag: "failed", failure: "refused", why: "connection refused" };
  if (/timed out/i.test(why)) return { tag: "failed", failure: "silent", why: "no answer in time" };
  return { tag: "failed", failure: "unreachable", why: why === "" ? "no answer" : why };
}
