import { expect, test } from "vitest";
import { sayShare } from "./sync-words";

test.each([
  [0, "0.0 %"],
  [0.8321, "83.2 %"],
  [0.99999, "99.9 %"],
  [1.2, "100.0 %"],
  [null, null],
])("a share of %d is said as %s, never as more than is reached", (share, said) => {
  expect(sayShare(share)).toBe(said);
});
