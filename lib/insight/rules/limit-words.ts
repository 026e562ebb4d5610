import { spanInWords } from "../../span-in-words";
import { type LoopLimits, slowLoop } from "../thrash/loops";
import { sayLimit } from "../thrash/words";
import type { Limits } from "./picture";
import type { Rule } from "./rule";

/** After what a rule fires, in words: "5 min", "at once", "off". */
export function afterInWords({ limit }: Rule, limits: Limits, thrash: LoopLimits): string {
  const ms = limits[limit.key] ?? null;
  if (ms === null) return "off";
  switch (limit.tag) {
    case "duration":
      return spanInWords(ms);
    case "switch":
      return limit.after;
    case "thrash":
      return `${sayLimit(thrash)}, ${sayLimit(slowLoop)}, or flapping`;
  }
}
