/** One thing that is wrong in the configuration, or worth a look, and where. Lines and columns begin at 1. */
export interface ConfigIssue {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** Where in the structure: `services[2].health.every`; empty for the file as a whole. */
  readonly path: string;
  /** What is wrong and what is allowed, in one line. */
  readonly message: string;
}

/** `file:line: what is wrong, what is allowed`, as compilers and editors write it. */
export function formatIssue(issue: ConfigIssue): string {
  return `${issue.file}:${issue.line}: ${issue.message}`;
}

export type PathStep = string | number;

/** An issue before its offset in the text became a line. */
export interface Problem {
  readonly at: number;
  readonly path: readonly PathStep[];
  readonly message: string;
  /** True where the message only says that a key is not there. */
  readonly missing?: boolean;
}

/** `["services", 2, "health"]` → `services[2].health`. */
export function formatPath(path: readonly PathStep[]): string {
  return path.reduce<string>((text, step) => {
    if (typeof step === "number") return `${text}[${step}]`;
    return text === "" ? step : `${text}.${step}`;
  }, "");
}

const shownLength = 60;

/** A user's own text for a message: in backquotes, on one line, not too long. */
export function quote(text: string): string {
  if (text === "") return '""';
  const short = text.length > shownLength ? `${text.slice(0, shownLength)}…` : text;
  const oneLine = short.replace(
    /[\p{Cc}\p{Zl}\p{Zp}]/gu,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
  return `\`${oneLine}\``;
}
