import { stripVTControlCharacters } from "node:util";

/** How a command on a host ended. */
export type Ending =
  | { readonly tag: "not-started"; readonly error: Error }
  | {
      readonly tag: "exited";
      readonly code: number | null;
      readonly signal: NodeJS.Signals | null;
      /** The last of its standard error. */
      readonly said: string;
    };

/**
 * Why a command on a host ended, as one text for people: what it said itself, and before that what
 * to do where that is known. `program` is what was to run there.
 */
export function endingInWords(ending: Ending, program: string): string {
  switch (ending.tag) {
    case "not-started":
      return notStarted(ending.error);
    case "exited": {
      const said = lastWords(ending.said);
      const advice = adviceFor(said, ending.code, program);
      if (advice !== null) return said === "" ? advice : `${advice}: ${said}`;
      if (said !== "") return said;
      return `${program} ended there ${howItEnded(ending.code, ending.signal)} and said nothing`;
    }
  }
}

function howItEnded(code: number | null, signal: NodeJS.Signals | null): string {
  return signal === null ? `with code ${code ?? "unknown"}` : `by ${signal}`;
}

function notStarted(error: Error & { code?: string; path?: string }): string {
  const program = error.path ?? "the command";
  if (error.code === "ENOENT") return `${program} is not installed on Signalbox's own machine`;
  if (error.code === "EACCES") return `${program} may not be executed on Signalbox's own machine`;
  return `the command could not be started: ${error.message}`;
}

function adviceFor(said: string, code: number | null, program: string): string | null {
  const missingHere = /setpriv: failed to execute (.+?): No such file/.exec(said)?.[1];
  if (missingHere === program) return `${program} is not installed here`;
  if (missingHere !== undefined) return `${missingHere} is not installed on Signalbox's own machine`;
  if (/REMOTE HOST IDENTIFICATION HAS CHANGED|Host key for .* has changed/.test(said))
    return "The host key has changed; find out why before you trust it";
  if (said.includes("Host key verification failed"))
    return "The host key is not known; connect once by hand with this user's ssh and compare it";
  if (/Permission denied \([a-z,-]+\)/.test(said))
    return "ssh was refused; Signalbox asks for no passwords, so a key of this user must be allowed there";
  if (/sudo: .*(?:password|terminal) /.test(said))
    return "sudo asked for a password; allow the command without one";
  const missingThere = code === 127 || new RegExp(`${program}: (?:command )?not found`).test(said);
  if (missingThere) return `${program} is not installed there, or not in the path of this user`;
  return null;
}

/** The last three lines that are not empty, without a terminal's colours and control characters. */
export function lastWords(text: string): string {
  return stripVTControlCharacters(text)
    .split(/[\r\n]+/)
    .map((line) => line.replace(/\p{Cc}/gu, " ").trim())
    .filter((line) => line !== "")
    .slice(-3)
    .join("; ");
}
