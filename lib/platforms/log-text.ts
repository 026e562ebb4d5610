import type { LogLine } from "../wire/service";

/** Bytes of one line that are shown; what is longer is cut, with a mark. */
export const longestLineBytes = 16_384;

const esc = "\u001b";
const bell = "\u0007";
// ECMA-48: CSI sequences (colours, cursor), OSC sequences (titles, links), two-character escapes.
const terminalSequences = new RegExp(
  `${esc}(?:\\[[0-?]*[ -/]*[@-~]|\\][^${bell}${esc}]*(?:${bell}|${esc}\\\\)?|[ -/]*[0-Z\\\\^-~])`,
  "g",
);
const controls = /(?!\t)\p{Cc}/gu;
/** They reorder what follows them, so that a line could look like another. */
const directions = /[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** How a program says a line's priority where its output is a log: sd-daemon(3). */
const priorityPrefix = /^<([0-7])>/;

/**
 * A line as people may read it: what is no UTF-8 becomes U+FFFD, colours of a terminal are left
 * out, other control characters are shown as their symbols. A prefix like `<3>` is its priority.
 */
export function toLogLine(head: Uint8Array, bytes: number): LogLine {
  const cut = bytes > longestLineBytes;
  const written = decoder.decode(head.subarray(0, longestLineBytes));
  const priority = priorityPrefix.exec(written)?.[1];
  const text = written
    .replace(priorityPrefix, "")
    .replace(/\r$/, "")
    .replace(terminalSequences, "")
    .replace(controls, showControl)
    .replace(directions, (sign) => `\\u${sign.charCodeAt(0).toString(16)}`);
  return {
    at: null,
    priority: priority === undefined ? null : Number(priority),
    text: cut ? `${text} … (cut: the line has ${bytes} bytes)` : text,
    stream: null,
  };
}

const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

function showControl(sign: string): string {
  const code = sign.charCodeAt(0);
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  return code === 0x7f ? "\u2421" : `\\x${code.toString(16)}`;
}

/** What lines have to be like; see `LogQuery`. */
export interface LineFilter {
  readonly grep?: string | undefined;
  readonly priority?: number | undefined;
}

/** Whether a line holds the text, in capitals or not, and is urgent enough, where it says so. */
export function fits(line: LogLine, { grep, priority }: LineFilter): boolean {
  if (priority !== undefined && line.priority !== null && line.priority > priority) return false;
  return !grep || line.text.toLowerCase().includes(grep.toLowerCase());
}
