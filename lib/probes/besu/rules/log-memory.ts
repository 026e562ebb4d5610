import type { Micros } from "../../../machine/types";
import { type LogLine, readLogLine } from "../log-line";
import { validatorAddress } from "../validator-address";
import { type HeadsSeen, noHeads, seeHead } from "./heads-seen";
import { isOrdinary, logInWords } from "./log-words";

/** What the log of this run has said. */
export interface LogMemory {
  /** The newest line that tells how the node is. */
  readonly newest: { readonly what: string; readonly at: Micros; readonly isOrdinary: boolean } | null;
  /** Its blocks, each at the instant of its line. */
  readonly heads: HeadsSeen;
  /** The newest block that it made itself. */
  readonly lastOwn: number | null;
  readonly peers: { readonly count: number; readonly at: Micros } | null;
  /** Since when it has been catching up; without a height it has only paused consensus for it. */
  readonly syncing: { readonly since: Micros; readonly height: number | null } | null;
  readonly round: {
    readonly number: number;
    readonly since: Micros;
    readonly expiresInMs: number;
  } | null;
  /** Its start: under way, or when its services came up; null: nothing of it was read. */
  readonly start: { readonly upAt: Micros | null } | null;
  readonly hasHalted: boolean;
  readonly address: string | null;
}

export const noLog: LogMemory = {
  newest: null,
  heads: noHeads,
  lastOwn: null,
  peers: null,
  syncing: null,
  round: null,
  start: null,
  hasHalted: false,
  address: null,
};

/** With one more line; unchanged by a line that tells nothing. */
export function readInto(log: LogMemory, text: string, at: Micros): LogMemory {
  const line = readLogLine(text);
  if (line === null) return log;
  const newest = { what: logInWords(line), at, isOrdinary: isOrdinary(line) };
  return { ...log, ...learnt(log, line, at), newest };
}

function learnt(log: LogMemory, line: LogLine, at: Micros): Partial<LogMemory> {
  switch (line.tag) {
    case "starting":
      // A start is told by two lines; the first of them ends whatever was before.
      return log.start?.upAt === null ? {} : { ...noLog, start: { upAt: null }, address: log.address };
    case "up":
      return { start: { upAt: at } };
    case "identity":
      return { address: line.address ?? validatorAddress(line.enode ?? "") ?? log.address };
    case "block":
      return {
        heads: seeHead(log.heads, { height: line.height, at }, at),
        lastOwn: line.isOwn ? line.height : log.lastOwn,
        ...peersOf(line.peers, at),
        syncing: null,
        round: null,
      };
    case "catching-up":
      return {
        ...peersOf(line.peers, at),
        syncing: { since: log.syncing?.since ?? at, height: line.height },
      };
    case "consensus-paused":
      return { syncing: log.syncing ?? { since: at, height: null } };
    case "consensus-resumed":
      return { syncing: null };
    case "no-target":
      return peersOf(line.peers, at);
    case "round":
      return { round: { number: line.number, since: at, expiresInMs: line.expiresInMs } };
    case "halted":
      return { hasHalted: true };
    case "stopping":
    case "rounds-told":
    case "validators-changed":
    case "error":
      return {};
  }
}

function peersOf(count: number | null, at: Micros): Partial<LogMemory> {
  return count === null ? {} : { peers: { count, at } };
}
