import type { Message } from "./message";

/** How a message is to be looked at, as a colour that stands on white and on black. */
export const moodColour: Readonly<Record<Message["mood"], `#${string}`>> = {
  critical: "#c62828",
  warning: "#b26a00",
  info: "#1565c0",
  acknowledged: "#6b7280",
  resolved: "#2e7d32",
  test: "#6b7280",
};
