import type { OperatorEvent } from "../../machine/types";
import type { UnitProperties } from "./unit-facts";

/** systemd's own limits act first; what comes of them is then seen within this. */
const graceMs = 5_000;
const longestMs = 720_000;

/**
 * How long systemd itself lets the unit take, in milliseconds (TimeoutStartSec=, TimeoutStopSec=;
 * systemd.service(5)); where it has no limit, or does not tell, a limit that others fall below.
 */
export function deadlineMsOf(properties: UnitProperties, event: OperatorEvent): number {
  const { timeoutStartUs, timeoutStopUs } = properties;
  const [startMs, stopMs] = [msOf(timeoutStartUs), msOf(timeoutStopUs)];
  switch (event) {
    case "start":
      return startMs + graceMs;
    case "stop":
    case "reset":
      // After the timeout comes SIGKILL, and the same time for that.
      return 2 * stopMs + graceMs;
    case "restart":
      return startMs + 2 * stopMs + graceMs;
  }
}

function msOf(us: number | undefined): number {
  return us === undefined || us / 1000 > longestMs ? longestMs : us / 1000;
}
