import { expect, test } from "vitest";
import { groupHref } from "./group-href";
import { sayRunning } from "./group-words";

test.each([
  [4, 5, null, "4 of 5 run."],
  [1, 5, null, "1 of 5 runs."],
  [4, 5, 4, "4 of 5 run; at least 4 have to."],
  [0, 2, 1, "0 of 2 run; at least 1 has to."],
])("%i of %i with %s to keep is said as %j", (running, all, keep, said) => {
  expect(sayRunning(running, all, keep)).toBe(said);
});

test("a group's name stays one part of its address, whatever is in it", () => {
  expect(groupHref("east/west & more?")).toBe("/groups/east%2Fwest%20%26%20more%3F");
});
