import { toRfc3339 } from "../clock";
import type { Usage as PlatformUsage } from "../platforms/contract";
import type { Usage } from "../wire/service";

/**
 * A reading as it is told, with the processor share since the one before: of one core, so two busy
 * cores are 2. A count that went back is another start's, and tells nothing of the time between.
 */
export function usageReading(
  before: PlatformUsage | null,
  usage: PlatformUsage,
): Usage & { readonly running: true } {
  const { at, memoryBytes, cpuUs, tasks } = usage;
  return { at: toRfc3339(at), running: true, memoryBytes, cpuUs, cpuShare: shareOf(before, usage), tasks };
}

/** What is told when nothing of the service runs. */
export function nothingRuns(at: number): Usage {
  return {
    at: toRfc3339(at),
    running: false,
    memoryBytes: null,
    cpuUs: null,
    cpuShare: null,
    tasks: null,
  };
}

function shareOf(before: PlatformUsage | null, { at, cpuUs }: PlatformUsage): number | null {
  if (before === null || before.cpuUs === null || cpuUs === null) return null;
  const [used, passed] = [cpuUs - before.cpuUs, at - before.at];
  return used < 0 || passed <= 0 ? null : used / passed;
}
