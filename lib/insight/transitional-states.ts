/**
 * States that are a way to another one. How long they take says something only where they got there:
 * a start that failed at once, or hung for ten minutes and failed, is not how long starting takes.
 */
export const transitionalStates: readonly string[] = [
  "Starting",
  "Stopping",
  "Restarting",
  "Syncing",
  "Connecting",
  "Reconnecting",
];
