import { z } from "zod";
import type { TunnelAnswer } from "../../probes/cloudflared/answer";
import { readReady } from "../../probes/cloudflared/read-ready";
import type { Asked } from "../../probes/contract";
import { fieldInWords, LineError } from "./json-line";
import type { ProbeLines } from "./probe-capture";

const lineSchema = z.object({
  ready: z.object({
    status: z.number().int(),
    /** As it came, or as the JSON that it is. */
    body: z.union([z.string(), z.record(z.string(), z.unknown())]),
  }),
});

/** `{"probe":"cloudflared","at":…,"ready":{"status":200,"body":{…}}}`: read as the probe reads it. */
export const cloudflaredLines: ProbeLines<TunnelAnswer> = {
  kind: "cloudflared",
  readAnswer(line) {
    const read = lineSchema.safeParse(line.value);
    if (!read.success) throw new LineError(line, fieldInWords(read.error));
    const { status, body } = read.data.ready;
    return answerOf(status, typeof body === "string" ? body : JSON.stringify(body));
  },
  readPoll: answerOf,
};

function answerOf(status: number, body: string): Asked<TunnelAnswer> {
  const asked = readReady({ status, headers: {}, body, certificateEnds: null });
  return asked.tag === "failed" ? asked : { tag: "answered", answer: { ...asked.answer, details: null } };
}
