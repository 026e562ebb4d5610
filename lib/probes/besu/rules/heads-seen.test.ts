import { describe, expect, it } from "vitest";
import { type HeadsSeen, headLimitMs, isHeadOld, noHeads, seeHead } from "./heads-seen";

const second = 1_000_000;

/** A chain whose blocks were in coming so many seconds each, seen as they came. */
function chainOf(gapsS: readonly number[]): { readonly seen: HeadsSeen; readonly at: number } {
  let at = 1_000 * second;
  let seen = seeHead(noHeads, { height: 100, at }, at);
  for (const [index, gapS] of gapsS.entries()) {
    at += gapS * second;
    seen = seeHead(seen, { height: 101 + index, at }, at);
  }
  return { seen, at };
}

const many = (gapS: number, count = 40) => Array.from({ length: count }, () => gapS);

describe("when a head is old", () => {
  it("is four times as long as a block of this chain takes, and never under 30 s", () => {
    expect(headLimitMs(chainOf(many(2)).seen, null)).toBe(30_000);
    expect(headLimitMs(chainOf(many(60)).seen, null)).toBe(240_000);
  });

  it("does not grow by the hours in which the chain stood still, once or twice", () => {
    expect(headLimitMs(chainOf([...many(2, 10), 21_600, ...many(2, 3)]).seen, null)).toBe(30_000);
    expect(headLimitMs(chainOf([...many(2, 10), 21_600, 300, ...many(2, 3)]).seen, null)).toBe(30_000);
    expect(headLimitMs(chainOf([21_600, 2]).seen, null)).toBe(30_000);
  });

  it("counts long times that come again and again as this chain's own", () => {
    const bursts = Array.from({ length: 8 }, () => [1, 1, 1, 60]).flat();
    const { seen, at } = chainOf(bursts);
    expect(isHeadOld(seen, at + 200 * second, null)).toBe(false);
    expect(isHeadOld(seen, at + 241 * second, null)).toBe(true);
  });

  it("is as the configuration says, where it does", () => {
    expect(headLimitMs(chainOf(many(60)).seen, 5_000)).toBe(5_000);
  });

  it("is not known of a chain that has not shown a block yet", () => {
    expect(headLimitMs(noHeads, null)).toBeNull();
    expect(isHeadOld(noHeads, 0, null)).toBeNull();
  });
});
