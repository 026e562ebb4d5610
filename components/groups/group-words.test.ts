import { expect, test } from "vitest";
import { groupHref } from "./group-href";
import { sayRunning } from "./group-words";

test.each([
  [{ running: 4, unseen: 0, all: 5 }, null, "4 of 5 run."],
  [{ running: 1, unseen: 0, all: 5 }, null, "1 of 5 runs."],
  [{ running: 4, unseen: 0, all: 5 }, 4, "4 of 5 run; at least 4 have to."],
  [{ running: 0, unseen: 2, all: 2 }, 1, "0 of 2 run, 2 are not observed; at least 1 has to."],
])("%j with %s to keep is said as %j", (counts, keep, said) => {
  expect(sayRunning(counts, keep)).toBe(said);
});

test("a group's name stays one part of its address, whatever is in it", () => {
  expect(groupHref("east/west & more?")).toBe("/groups/east%2Fwest%20%26%20more%3F");
});
