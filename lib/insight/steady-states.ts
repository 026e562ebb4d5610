/**
 * States in which a service stays until something happens to it; every other state is on the way to
 * one of them. A tunnel that has lost its connections stays so until it has them again.
 */
const steadyStates: ReadonlySet<string> = new Set([
  "Stopped",
  "Running",
  "Error",
  "Consensus",
  "Reconnecting",
]);

export function isSteady(state: string): boolean {
  return steadyStates.has(state);
}
