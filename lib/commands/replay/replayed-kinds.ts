import { besuKeys, cloudflaredKeys } from "../../config/service-keys";
import { besuRules } from "../../probes/besu/rules/besu-rules";
import { cloudflaredRules } from "../../probes/cloudflared/rules";
import { type ApplicationWish, replayApplication } from "./application-replay";
import { besuLines } from "./besu-lines";
import type { CaptureFile } from "./capture-file";
import { cloudflaredLines } from "./cloudflared-lines";

/**
 * The rows of captures among which are a probe's answers, by the rules as the configuration has them
 * where it says nothing; null: of this kind nobody answers.
 */
export function replayAnswers(
  files: readonly CaptureFile[],
  wish: ApplicationWish,
): Generator<string> | null {
  switch (wish.machine.kind) {
    case "besu": {
      const { from, every: everyMs, timeout: timeoutMs, ...said } = besuKeys.parse({});
      const rules = besuRules({
        ...{ from, everyMs, timeoutMs, failures: said.failures },
        ...{ minPeers: said.minPeers, maxBehind: said.maxBehind, maxHeadAgeMs: null },
        ...{ rpc: "http://127.0.0.1:8545", metrics: null },
        ...{ validator: said.validator, address: null, observers: [] },
      });
      return replayApplication(files, { rules, lines: besuLines }, wish);
    }
    case "cloudflared":
      return replayApplication(
        files,
        { rules: cloudflaredRules(cloudflaredKeys.parse({})), lines: cloudflaredLines },
        wish,
      );
    default:
      return null;
  }
}
