import type { Micros } from "../../../machine/types";
import type { BesuMemory } from "./besu-memory";
import { type BesuSettings, speaksItself } from "./besu-settings";
import { judgeAnswer } from "./judge-answer";
import { judgeLog } from "./judge-log";
import type { Verdict } from "./verdict";

/** Whether a node is in sync: by its last answer, or by its log where it cannot be asked. */
export function judge(memory: BesuMemory, settings: BesuSettings, at: Micros): Verdict {
  if (!speaksItself(settings)) return judgeLog(memory, settings, at);
  if (memory.answer === null) return { tag: "unknown", detail: "it was not asked yet", mend: null };
  return judgeAnswer(memory.answer.answer, memory, settings, at);
}
