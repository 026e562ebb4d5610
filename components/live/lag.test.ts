import { expect, test } from "vitest";
import { createLag } from "./lag";

test("the fastest that was heard is the way itself; what comes later than that is behind", () => {
  const lag = createLag(0);
  expect(lag.heard(1_000, 300)).toBe(0);
  expect(lag.heard(6_000, 5_250)).toBe(0);
  expect(lag.heard(11_000, 12_250)).toBe(2_000);
  expect(lag.heard(16_000, 15_250)).toBe(0);
});

test("one that is far behind begins anew, unless the beginning itself takes as long", () => {
  const quick = createLag(0);
  quick.heard(0, 100);
  quick.heard(5_000, 11_100);
  expect(quick.worthBeginningAnew()).toBe(false);
  quick.began(2_000);
  expect(quick.worthBeginningAnew()).toBe(false);
  quick.heard(10_000, 18_200);
  expect(quick.worthBeginningAnew()).toBe(true);

  const heavy = createLag(0);
  heavy.heard(0, 100);
  heavy.began(40_000);
  heavy.heard(5_000, 45_100);
  expect(heavy.worthBeginningAnew()).toBe(false);
});
