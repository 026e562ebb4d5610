import type { LogLine } from "../log-line";
import { inDigits } from "./words";

/** What a line of the log says, for people. */
export function logInWords(line: LogLine): string {
  switch (line.tag) {
    case "starting":
      return "it is starting";
    case "up":
      return "its services are up";
    case "stopping":
      return "it is shutting down";
    case "identity":
      return "it has told its name in the network";
    case "block":
      return `it ${line.isOwn ? "produced" : "imported"} block ${inDigits(line.height)}`;
    case "catching-up":
      return `it is catching up and has reached block ${inDigits(line.height)}`;
    case "consensus-paused":
      return "it takes no part in consensus while it is syncing";
    case "consensus-resumed":
      return "it takes part in consensus again after a sync";
    case "no-target":
      return line.peers === 0 ? "it has no peers to sync from" : "no peer is ahead of it";
    case "round":
      return roundInWords(line.number, line.expiresInMs);
    case "rounds-told":
      return `a block is late: ${line.quorum} validators have to agree on a round`;
    case "validators-changed":
      return "the validator set has changed";
    case "halted":
      return "its part in consensus ended with a fatal error, and only a restart brings it back";
    case "error":
      return line.text;
  }
}

/** "moved to round 5, expires in 320 s": seconds as Besu tells them, to be found again in its log. */
export function roundInWords(round: number, expiresInMs: number): string {
  return `moved to round ${round}, expires in ${expiresInMs / 1000} s`;
}

/** Whether a node that works well writes such a line. */
export function isOrdinary(line: LogLine): boolean {
  switch (line.tag) {
    case "round":
    case "rounds-told":
    case "halted":
    case "error":
      return false;
    case "no-target":
      return line.peers > 0;
    case "starting":
    case "up":
    case "stopping":
    case "identity":
    case "block":
    case "catching-up":
    case "consensus-paused":
    case "consensus-resumed":
    case "validators-changed":
      return true;
  }
}
