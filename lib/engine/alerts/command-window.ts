import type { FailedCommand } from "../../insight/rules/picture";
import type { CommandRow } from "../../wire/command-view";

/** No command is under way for longer than a restart may take, and held after that. */
export const longestWindowUs = 735_000_000;

/** The host's clock and ours are known to each other that well. */
const slackUs = 1_000_000;

/** The time in which what a command brings about is expected: from its request until it is settled. */
export interface CommandWindow {
  readonly commandId: string;
  /** By our clocks. */
  readonly requestedAt: number;
  readonly closesMonotonic: number;
}

export function windowOf(
  row: CommandRow,
  now: { readonly at: number; readonly monotonic: number },
): CommandWindow | null {
  if (row.settledAt !== null) return null;
  const left = Math.max(0, row.requestedAt + longestWindowUs - now.at);
  return { commandId: row.id, requestedAt: row.requestedAt, closesMonotonic: now.monotonic + left };
}

/** Whether what began at `since`, by our clock, is of the command's own making. */
export function isExpectedBy(window: CommandWindow | null, since: number, monotonic: number): boolean {
  return window !== null && monotonic < window.closesMonotonic && since >= window.requestedAt - slackUs;
}

/** What a settled command leaves behind; `undefined`: nothing that is known. */
export function failureOf({
  event,
  actor,
  status,
  settledAt,
  detail,
}: CommandRow): FailedCommand | null | undefined {
  switch (status) {
    case "failed":
    case "timed-out":
      return settledAt === null ? undefined : { event, actor, status, settledAt, detail: detail ?? "" };
    case "proven":
      return null;
    case "requested":
    case "accepted":
    case "unknown":
      return undefined;
  }
}
