import { expect, test } from "vitest";
import { sayLastProposed, sayPart } from "./node-words";

test.each([
  [{ lastProposed: 1_200, height: 1_203 }, "block 1,200, 3 blocks ago"],
  [{ lastProposed: 1_200, height: 1_201 }, "block 1,200, 1 block ago"],
  [{ lastProposed: 1_200, height: 1_200 }, "block 1,200, its newest"],
  [{ lastProposed: 1_200, height: null }, "block 1,200"],
  [{ lastProposed: 1_200, height: 1_100 }, "block 1,200"],
  [{ lastProposed: null, height: 1_100 }, null],
])("a last proposal of %j is said as %s", (node, said) => {
  expect(sayLastProposed(node)).toBe(said);
});

test("what is not known of a part is said as not known, with why", () => {
  expect(sayPart({ participates: "unknown", participation: "no observer answers" })).toBe(
    "not known: no observer answers",
  );
  expect(sayPart({ participates: "yes", participation: "" })).toBe("yes");
});
