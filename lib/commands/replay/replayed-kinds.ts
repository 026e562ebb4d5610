import { cloudflaredRules } from "../../probes/cloudflared/rules";
import { type ApplicationWish, replayApplication } from "./application-replay";
import type { CaptureFile } from "./capture-file";
import { cloudflaredLines } from "./cloudflared-lines";

/** The rows of captures among which are a probe's answers; null: of this kind nobody answers. */
export function replayAnswers(
  files: readonly CaptureFile[],
  wish: ApplicationWish,
): Generator<string> | null {
  switch (wish.machine.kind) {
    case "cloudflared":
      return replayApplication(files, { rules: cloudflaredRules(settings), lines: cloudflaredLines }, wish);
    default:
      return null;
  }
}

/** As the configuration has them by default; they make no difference to what moves. */
const settings = { metrics: "http://127.0.0.1:20241", from: "here", failures: 3 } as const;
