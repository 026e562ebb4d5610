import { expect, test } from "vitest";
import { capital } from "./capital";

test.each([
  ["behind 12 blocks", "Behind 12 blocks"],
  ["systemd says active", "systemd says active"],
  ["/ready answers 503", "/ready answers 503"],
  ["", ""],
])("%j begins a sentence as %j", (words, said) => {
  expect(capital(words)).toBe(said);
});
