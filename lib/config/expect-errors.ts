import { expect, test } from "vitest";
import { formatIssue } from "./issue";
import { parseFleet } from "./parse";

/** What tests of wrong files share. */

export function errorsOf(text: string): string[] {
  const result = parseFleet(text, { file: "f.yaml", baseFolder: "/srv" });
  return result.tag === "invalid" ? result.issues.map(formatIssue) : ["no error"];
}

export const hosts = "hosts: { here: {}, toys: { platform: process } }\n";

/** A file with one service, whose last line (5 or 6) is `rest`. */
export const systemdService = (rest: string) =>
  `${hosts}services:\n  - host: here\n    unit: a.service\n    ${rest}\n`;
export const processService = (rest: string) =>
  `${hosts}services:\n  - host: toys\n    name: a\n    command: [a]\n    ${rest}\n`;

/** What it is, the text, and its only error: the line and the gist of the message. */
export type Mistake = [what: string, text: string, line: number, gist: RegExp];

export function testMistakes(mistakes: readonly Mistake[]): void {
  test.each(mistakes)("%s is one error at its line", (_what, text, line, gist) => {
    const errors = errorsOf(text);
    expect(errors).toHaveLength(1);
    expect(errors[0]).toMatch(new RegExp(`^f\\.yaml:${line}: `));
    expect(errors[0]?.replace(/^f\.yaml:\d+: /, "")).toMatch(gist);
  });
}
