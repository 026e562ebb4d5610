import { bootId } from "../../clock";
import { type ProcessEntry, readProcess } from "./process-table";

/** What names one process for good, where a pid alone names whoever has it now. */
export interface Identity {
  readonly pid: number;
  readonly startTime: string;
  readonly bootId: string;
}

export function lives({ pid, startTime, bootId: boot }: Identity): boolean {
  return boot === bootId() && readProcess(pid)?.startTime === startTime;
}

type Delivery = "sent" | "gone" | "forbidden";

/** Signals this very process, never one that has its pid by now. */
export function signalProcess({ pid, startTime }: ProcessEntry, signal: NodeJS.Signals): Delivery {
  return readProcess(pid)?.startTime === startTime ? deliver(pid, signal) : "gone";
}

/** Signals the whole process group that this process leads, if it lives and leads one. */
export function signalGroup(leader: Identity, signal: NodeJS.Signals): Delivery {
  return lives(leader) ? deliver(-leader.pid, signal) : "gone";
}

/** Whether anything is left in the group that `pid` led. Zombies count, so "yes" may be none. */
export function groupRemains(pid: number): boolean {
  try {
    return process.kill(-pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

function deliver(target: number, signal: NodeJS.Signals): Delivery {
  // 0 and 1 would be our own group and init; -1 everyone.
  if (Math.abs(target) <= 1) return "gone";
  try {
    process.kill(target, signal);
    return "sent";
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM" ? "forbidden" : "gone";
  }
}
