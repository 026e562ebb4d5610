import type { OperatorEvent } from "@/lib/machine/types";

/** The word on the button. */
export const eventWord: Readonly<Record<OperatorEvent, string>> = {
  start: "Start",
  stop: "Stop",
  restart: "Restart",
  reset: "Reset",
};
