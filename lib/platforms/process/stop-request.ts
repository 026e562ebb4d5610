import type { StopPurpose, Trigger } from "./facts";

export interface StopRequest {
  readonly purpose: StopPurpose;
  readonly trigger: Trigger;
  readonly limitMs: number;
  /** The limit is shorter than the service's own. */
  readonly hurried: boolean;
}

/** What a stop is for may be changed by a stronger wish only. */
export function supersedes({ purpose }: StopRequest, asked: StopRequest | null): boolean {
  switch (asked?.purpose) {
    case undefined:
      return true;
    case "start-deadline":
      return purpose !== "start-deadline";
    case "restart":
      return purpose === "stop" || purpose === "signalbox-ending";
    case "stop":
    case "reset":
    case "signalbox-ending":
    case "left-over":
      return false;
  }
}
