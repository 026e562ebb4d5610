import { expect, test } from "vitest";
import { anAlert } from "../live/examples";
import { isWanted, readChoice } from "./notice-choice";

test("nobody is told who has not asked for it", () => {
  expect(readChoice(null)).toBe("off");
  expect(readChoice("everything!")).toBe("off");
  expect(isWanted("off", anAlert())).toBe(false);
});

test.each([
  ["critical", "critical", true],
  ["critical", "warning", false],
  ["warning", "critical", true],
  ["warning", "info", false],
  ["info", "info", true],
] as const)("who asks for %s is told of %s: %j", (choice, severity, told) => {
  expect(isWanted(choice, anAlert({ severity }))).toBe(told);
});

test("what somebody has, or expects, is not told", () => {
  expect(isWanted("info", anAlert({ status: "acknowledged" }))).toBe(false);
  expect(isWanted("info", anAlert({ status: "silenced" }))).toBe(false);
});
