import { z } from "zod";
import { fromRfc3339 } from "../../clock";
import { type BesuAnswer, besuAnswerSchema, known, unknown } from "../../probes/besu/besu-answer";
import { fieldInWords, LineError } from "./json-line";
import type { ProbeLines } from "./probe-capture";

const height = z.number().int().nonnegative();
const instant = z.string().transform((text, context) => {
  const at = fromRfc3339(text);
  if (at !== null) return at;
  context.addIssue({ code: "custom", message: "is no RFC 3339 instant" });
  return z.NEVER;
});

const lineSchema = z.object({
  /** False: no sync is in progress, as `eth_syncing` says it. */
  syncing: z.union([z.literal(false), z.object({ starting: height, current: height, highest: height })]),
  height,
  headAt: instant.nullish(),
  peers: height.nullish(),
});

const wholeSchema = z.object({ answer: besuAnswerSchema });

/**
 * `{"probe":"besu","at":…,"syncing":false,"height":12,"headAt":…,"peers":4}`: what is not said is not
 * known. Or the whole of what the probe came to, as the evidence of a move holds it, in `answer`.
 */
export const besuLines: ProbeLines<BesuAnswer> = {
  kind: "besu",
  readAnswer(line) {
    if ("answer" in line.value) {
      const read = wholeSchema.safeParse(line.value);
      if (!read.success) throw new LineError(line, fieldInWords(read.error));
      return { tag: "answered", answer: read.data.answer };
    }
    const read = lineSchema.safeParse(line.value);
    if (!read.success) throw new LineError(line, fieldInWords(read.error));
    return { tag: "answered", answer: answerOf(read.data) };
  },
  readPoll: null,
};

function answerOf({ syncing, height: head, headAt, peers }: z.infer<typeof lineSchema>): BesuAnswer {
  const unsaid = unknown("the capture does not say");
  return {
    syncing: known(syncing === false ? null : syncing),
    head: known({ height: head, at: headAt ?? null }),
    peers: peers === undefined || peers === null ? unsaid : known(peers),
    noPeersBecause: null,
    best: null,
    ready: unsaid,
    live: unsaid,
    earlier: [],
    version: null,
    chainId: null,
    address: null,
    chain: unsaid,
  };
}
