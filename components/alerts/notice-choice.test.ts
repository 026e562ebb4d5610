import { expect, test } from "vitest";
import { anAlert } from "../live/examples";
import { claim, isWanted, readChoice } from "./notice-choice";

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

test("each alert is told by one tab, and what is kept of it stays small", () => {
  const first = claim(null, ["a", "b"]);
  expect(first.mine).toEqual(["a", "b"]);
  expect(claim(first.keep, ["a", "b", "c"]).mine).toEqual(["c"]);
  const many = claim(
    first.keep,
    Array.from({ length: 2_000 }, (_, at) => `m${at}`),
  );
  expect(JSON.parse(many.keep)).toHaveLength(500);
});

test("what somebody else left in the browser's store counts as nothing", () => {
  expect(claim("not json", ["a"]).mine).toEqual(["a"]);
  expect(claim('{"a":1}', ["a"]).mine).toEqual(["a"]);
});
