import { expect, test } from "vitest";
import { quorumOf } from "@/lib/insight/quorum";
import { aNode, anApplication, aService } from "../live/examples";
import { memberOf } from "./members";
import { quorumFacts } from "./quorum-facts";
import { slotsOf } from "./quorum-slots";

type Part = "yes" | "no" | "unknown";

function validators(parts: readonly Part[], count: number | null = null) {
  return parts.map((participates, at) =>
    aService({
      id: `here/v${at}`,
      name: `v${at}`,
      application: anApplication({ node: aNode({ participates, validators: count }) }),
    }),
  );
}

function drawn(members: ReturnType<typeof validators>) {
  const quorum = quorumOf(members.map(memberOf));
  if (quorum === null) throw new Error("there are validators");
  const { needed, spare } = slotsOf(members, quorum);
  return [needed.map(({ part }) => part), spare.map(({ part }) => part)];
}

test("five of five: four are needed and one is to spare", () => {
  expect(drawn(validators(["yes", "yes", "yes", "yes", "yes"]))).toEqual([
    ["yes", "yes", "yes", "yes"],
    ["yes"],
  ]);
});

test("one of five is out: what is needed is whole, and nothing is to spare", () => {
  expect(drawn(validators(["no", "yes", "yes", "yes", "yes"]))).toEqual([
    ["yes", "yes", "yes", "yes"],
    ["no"],
  ]);
});

test("two of five are out: what is needed has a hole", () => {
  expect(drawn(validators(["no", "yes", "no", "yes", "yes"]))).toEqual([["yes", "yes", "yes", "no"], ["no"]]);
});

test("validators that the chain has and this fleet does not are slots of which nothing is known", () => {
  expect(drawn(validators(["yes", "yes", "yes", "no"], 7))).toEqual([
    ["yes", "yes", "yes", "unknown", "unknown"],
    ["unknown", "no"],
  ]);
});

test("the arithmetic says how many may still fail, and where too few take part how many are missing", () => {
  const last = (parts: readonly Part[]) => {
    const quorum = quorumOf(validators(parts).map(memberOf));
    return quorum && quorumFacts(quorum).at(-1);
  };
  expect(last(["yes", "yes", "yes", "yes", "yes"])).toEqual({ word: "May still fail", count: "1" });
  expect(last(["yes", "yes", "yes", "yes", "no"])).toEqual({ word: "May still fail", count: "0" });
  expect(last(["yes", "yes", "no", "no", "no"])).toEqual({ word: "Missing for a block", count: "2" });
});

test("of whom it is not known is neither counted as missing nor as one that may fail", () => {
  const last = (parts: readonly Part[]) => {
    const quorum = quorumOf(validators(parts).map(memberOf));
    return quorum && quorumFacts(quorum).at(-1)?.count;
  };
  expect(last(["unknown", "unknown", "unknown", "unknown", "unknown"])).toBe("not known");
  expect(last(["yes", "yes", "yes", "yes", "unknown"])).toBe("at least 0");
  expect(last(["yes", "no", "no", "no", "unknown"])).toBe("at least 2");
});
