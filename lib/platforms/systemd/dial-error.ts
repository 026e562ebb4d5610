import type { DialAddress } from "../contract";
import { lacksProgram } from "./connect-there";
import { type Ending, endingInWords } from "./ending-words";

/** Why an address on a host was not reached, with Node's code for it where there is one. */
export class DialError extends Error {
  override readonly name = "DialError";
  readonly code: string | undefined;
  /** What to do about it, in one sentence. */
  readonly mend: string | undefined;

  constructor(message: string, code?: string, mend?: string) {
    super(message);
    this.code = code;
    this.mend = mend;
  }
}

const codes: readonly (readonly [RegExp, string])[] = [
  [/connection refused/i, "ECONNREFUSED"],
  [/no route to host|network is unreachable/i, "EHOSTUNREACH"],
  [/timed out/i, "ETIMEDOUT"],
  [/not known|name resolution|no address associated|unknown host|resolve/i, "ENOTFOUND"],
];

/** What a command said that was to connect to `address` and ended without one byte from there. */
export function dialErrorOf(ending: Ending, { host, port }: DialAddress): DialError {
  const said = ending.tag === "exited" ? ending.said : "";
  if (lacksProgram(said)) {
    const message = "the host has none of bash, nc and socat, so nobody can ask from there";
    return new DialError(message, "EACCES", "Install one of them there, or allow ssh to forward ports.");
  }
  const told = aboutTheAddress(said);
  const code = told === null ? undefined : codes.find(([pattern]) => pattern.test(told))?.[1];
  return new DialError(endingInWords(ending, `a connection to ${host}:${port}`), code);
}

/** The same where a command was only the second way, because sshd forwards nothing. */
export function notForwarded(ending: Ending, address: DialAddress): DialError {
  const error = dialErrorOf(ending, address);
  if (error.code !== undefined) return error;
  const { host, port } = address;
  const message = `sshd on the host forwards no connection to ${host}:${port}, and a command there failed: ${error.message}`;
  const mend = `Add port-forwarding,permitopen="${host}:${port}" to the key's line in authorized_keys.`;
  return new DialError(message, "EACCES", mend);
}

/** The ssh server does not forward: sshd_config(5), AllowTcpForwarding and PermitOpen; sshd(8), restrict and permitopen. */
export function isForbidden(ending: Ending): boolean {
  if (ending.tag !== "exited") return false;
  return /administratively prohibited|unknown channel type|(?:stdio forwarding request|session request) failed/.test(
    ending.said,
  );
}

/** The line that is about the address and not about the way to the host, which may be refused as well. */
function aboutTheAddress(said: string): string | null {
  const patterns = [
    // ssh -W
    /open failed: connect failed: (.+)/,
    /(?:^|\n)bash: (?:line \d+: )?(.+)/,
    // nc and socat
    /(?:^|\n)(?:nc: |.* socat\[\d+\] E )(.+)/,
  ];
  for (const pattern of patterns) {
    const found = pattern.exec(said)?.[1];
    if (found !== undefined) return found;
  }
  return null;
}
