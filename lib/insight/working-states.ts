/** States in which a service does its work; what is on the way there or back does not. */
const workingStates: ReadonlySet<string> = new Set(["Running", "Consensus", "Synced", "Connected"]);

export function isWorking(state: string | null): boolean {
  return state !== null && workingStates.has(state);
}
