import type { LastKnown } from "../contract";
import type { Trigger } from "./facts";
import type { ProcessSpec } from "./process-spec";

/**
 * Whether a service is to be started when Signalbox starts, and why: as it was to be when Signalbox
 * went away, or by `autostart` where nobody has decided yet. A one-shot that has finished is not
 * run again, unless it is one of those that run at every start. `unconfigured`: what ended its watch
 * was not Signalbox going away, but that it left the configuration.
 */
export function shouldStart(
  { oneshot, autostart }: Pick<ProcessSpec, "oneshot" | "autostart">,
  last: Pick<LastKnown, "state" | "wanted" | "decided"> | undefined,
  unconfigured = false,
): Trigger | null {
  if (!last?.decided) return autostart ? { tag: "autostart" } : null;
  if (!last.wanted) return null;
  const interrupted = last.state === "Starting";
  if (!oneshot || interrupted) return { tag: "resumed", ...(unconfigured ? { unconfigured } : {}) };
  return autostart ? { tag: "autostart" } : null;
}
