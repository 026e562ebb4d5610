import { spanInWords } from "../../../clock";
import type { UnitProperties } from "../unit-facts";

// The numbers of Linux, signal(7), whatever this very program runs on; in the order of the numbers.
const signalNames =
  "HUP INT QUIT ILL TRAP ABRT BUS FPE KILL USR1 SEGV USR2 PIPE ALRM TERM STKFLT CHLD CONT STOP TSTP TTIN TTOU URG XCPU XFSZ VTALRM PROF WINCH IO PWR SYS".split(
    " ",
  );

/** "SIGSEGV (signal 11)"; a real-time or unknown one by its number alone. */
export function signalInWords(number: number): string {
  const name = signalNames[number - 1];
  return name === undefined ? `signal ${number}` : `SIG${name} (signal ${number})`;
}

/** How the main process ended (waitid(2), CLD_EXITED and so on), or null where that is not known. */
export function mainExitInWords({ execMainCode, execMainStatus = 0 }: UnitProperties): string | null {
  switch (execMainCode) {
    case 1:
      return `exited with code ${execMainStatus}`;
    case 2:
      return `killed by ${signalInWords(execMainStatus)}`;
    case 3:
      return `killed by ${signalInWords(execMainStatus)}, core dumped`;
    default:
      return null;
  }
}

/** A span of systemd's in microseconds; null for "never" (2^64 − 1) and what was not told. */
export function systemdSpanInWords(us: number | undefined): string | null {
  return us === undefined || us <= 0 || us >= Number.MAX_SAFE_INTEGER ? null : spanInWords(us / 1000);
}

/** "a", "a and b", "a, b and c". */
export function listInWords(items: readonly string[]): string {
  if (items.length < 2) return items.join("");
  return `${items.slice(0, -1).join(", ")} and ${items.at(-1)}`;
}
