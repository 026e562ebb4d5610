import { BusError } from "./bus/bus-error";
import type { UnitProcess } from "./manager-answers";
import type { Session } from "./session";

const named = 3;

/** What a stop has left in the unit's control group, in a sentence; null if it is empty. */
export async function leftOvers(session: Session, unit: string): Promise<string | null> {
  return inWords(await session.processes(unit).catch(noneOfUnloaded));
}

function inWords(processes: readonly UnitProcess[]): string | null {
  if (processes.length === 0) return null;
  const first = processes.slice(0, named).map(({ pid, command }) => `${pid} ${command.slice(0, 80)}`);
  const more = processes.length > named ? ` and ${processes.length - named} more` : "";
  const are = processes.length === 1 ? "1 process is" : `${processes.length} processes are`;
  return `Stopped, but ${are} left in its control group: ${first.join("; ")}${more}.`;
}

/** A unit that systemd has forgotten has no control group. */
function noneOfUnloaded(error: unknown): [] {
  if (error instanceof BusError && /NoSuchUnit$/.test(error.name)) return [];
  throw error;
}
