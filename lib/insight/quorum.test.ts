import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { chainOf, quorumOf } from "./quorum";
import { anyMembers, aValidator, stopped, validators } from "./testing/any-members";

/** `count` validators of which those at these places are stopped. */
const without = (count: number, ...places: number[]) =>
  validators(count).map((member, n) => (places.includes(n + 1) ? stopped(member) : member));

describe("five validators", () => {
  it("all of them take part: safe, and one more may fail", () => {
    expect(quorumOf(validators(5))).toEqual({
      word: "safe",
      detail: "5 of 5 validators take part, 4 are needed: one more may fail.",
      ...{ n: 5, tolerated: 1, needed: 4, participating: 5, unknown: 0, mayFail: 1, missing: [], unsure: [] },
    });
  });

  it("one stopped: none may fail any more", () => {
    expect(quorumOf(without(5, 2))).toMatchObject({
      word: "at-risk",
      detail:
        "4 of 5 validators take part, 4 are needed; not: validator-2: none may fail any more, one more loss stops the chain.",
      ...{ participating: 4, mayFail: 0, missing: ["validator-2"] },
    });
  });

  it("two stopped: the chain stands still, and both are named", () => {
    expect(quorumOf(without(5, 2, 4))).toMatchObject({
      word: "stopped",
      detail:
        "3 of 5 validators take part, 4 are needed; not: validator-2, validator-4: the chain stands still.",
      mayFail: -1,
    });
  });

  it("one runs and does not propose: it is missing like one that is stopped", () => {
    const [first, ...rest] = validators(5);
    const idle = aValidator("validator-1", { state: "Running" }, { participates: "no" });
    expect(first && quorumOf([idle, ...rest])).toMatchObject({ word: "at-risk", missing: ["validator-1"] });
  });
});

it.each([
  [1, 0, 1, 0, "at-risk"],
  [2, 0, 2, 0, "at-risk"],
  [3, 0, 2, 1, "safe"],
  [4, 1, 3, 1, "safe"],
  [5, 1, 4, 1, "safe"],
  [6, 1, 4, 2, "safe"],
  [7, 2, 5, 2, "safe"],
  [10, 3, 7, 3, "safe"],
  [40, 13, 27, 13, "safe"],
])(
  "of %i validators %i may fail at all, %i are needed: with all of them %i may fail",
  (n, tolerated, needed, mayFail, word) => {
    expect(quorumOf(validators(n))).toMatchObject({ n, tolerated, needed, mayFail, word });
    const lost = Array.from({ length: mayFail + 1 }, (_, place) => place + 1);
    expect(quorumOf(without(n, ...lost))).toMatchObject({ word: "stopped", mayFail: -1 });
    expect(quorumOf(without(n, ...lost.slice(1)))).toMatchObject({ word: "at-risk", mayFail: 0 });
  },
);

it("one alone is said in the singular", () => {
  expect(quorumOf(validators(1))?.detail).toBe(
    "1 of 1 validators takes part, 1 is needed: none may fail any more, one more loss stops the chain.",
  );
});

describe("what was not seen", () => {
  it("of nobody anything: unknown, and nobody is said to take part or not to", () => {
    const unseen = validators(5).map((member) => ({ ...member, isSeen: false }));
    expect(quorumOf(unseen)).toMatchObject({ word: "unknown", participating: 0, missing: [], unknown: 5 });
    const fresh = validators(5).map((member) => ({ ...member, state: null, application: null }));
    expect(quorumOf(fresh)).toMatchObject({ word: "unknown", unknown: 5 });
  });

  it("of one of five: it is named, and neither safe nor at risk is claimed", () => {
    const [first, ...rest] = validators(5);
    const lost = { ...(first ?? aValidator("")), isSeen: false };
    expect(quorumOf([lost, ...rest])).toMatchObject({
      word: "unknown",
      detail: "4 of 5 validators are known to take part, 4 are needed; not known: validator-1.",
      unsure: ["validator-1"],
    });
  });

  it("of one of seven, while six take part: safe without it", () => {
    const [first, ...rest] = validators(7);
    const lost = { ...(first ?? aValidator("")), isSeen: false };
    expect(quorumOf([lost, ...rest])).toMatchObject({
      word: "safe",
      detail: "6 of 7 validators take part, 5 are needed; not known: validator-1: one more may fail.",
    });
  });

  it("too many are missing whatever the others do: stopped", () => {
    const members = without(5, 1, 2).map((member, n) => (n > 2 ? { ...member, isSeen: false } : member));
    expect(quorumOf(members)).toMatchObject({ word: "stopped", unsure: ["validator-4", "validator-5"] });
  });

  it("the chain has more validators than are watched here", () => {
    expect(quorumOf(validators(4, { validators: 7 }))).toMatchObject({
      word: "unknown",
      n: 7,
      needed: 5,
      unknown: 3,
      detail:
        "4 of 7 validators are known to take part, 5 are needed; not known: 3 that are not watched here.",
    });
    expect(quorumOf(validators(6, { validators: 7 }))).toMatchObject({ word: "safe", n: 7, unknown: 1 });
  });

  it("a node that runs and of which nobody says anything is unknown, one that is stopped is not", () => {
    const silent = aValidator("validator-1", { state: "Running" }, null);
    expect(quorumOf([silent, ...validators(3).slice(1)])).toMatchObject({ unsure: ["validator-1"] });
    const told = aValidator("validator-1", { state: "Error" }, { participates: "yes" });
    expect(quorumOf([told, ...validators(3).slice(1)])).toMatchObject({ missing: ["validator-1"] });
  });

  it("one that is cut off from all others is missing, and not where it is the only one", () => {
    const cut = { participates: "unknown", peers: 0 } as const;
    const still = validators(3, { participates: "unknown" });
    const members = [...still, aValidator("cut-1", {}, cut), aValidator("cut-2", {}, cut)];
    expect(quorumOf(members)).toMatchObject({ word: "stopped", missing: ["cut-1", "cut-2"], unknown: 3 });
    expect(quorumOf([aValidator("only", {}, cut)])).toMatchObject({ word: "unknown", unsure: ["only"] });
  });

  it("those that take part have all lost the head: whether the chain moves was not seen", () => {
    const frozen = validators(5).map((member) => ({ ...member, state: "Syncing" }));
    expect(quorumOf(frozen)).toMatchObject({
      word: "unknown",
      detail: "5 of 5 validators are known to take part, 4 are needed; but none of them are in sync.",
    });
    const mixed = frozen.map((member, n) => (n === 0 ? { ...member, state: "Consensus" } : member));
    expect(quorumOf(mixed)?.detail).toMatch(/; but 1 of them is in sync\.$/);
  });
});

describe("who counts", () => {
  it("what the chain says of a node goes before what the configuration does", () => {
    const voted = aValidator("late", { isValidator: false });
    const removed = aValidator("removed", {}, { validator: "no", validators: 1 });
    expect(quorumOf([voted, removed])).toMatchObject({ n: 1, participating: 1, missing: [] });
    expect(quorumOf([removed])).toBeNull();
    const silent = aValidator("silent", {}, { validator: "unknown", participates: "unknown" });
    expect(quorumOf([voted, silent])).toMatchObject({ n: 2, missing: [], unsure: ["silent"] });
    expect(quorumOf([])).toBeNull();
  });

  it("the node with the highest head says how many there are; a syncing one knows an old set", () => {
    const rpc = aValidator("rpc", { isValidator: false }, { validator: "no", validators: 4, height: 2_000 });
    expect(quorumOf([...validators(4, { validators: 9 }), rpc])).toMatchObject({ n: 4, word: "safe" });
    const old = aValidator(
      "old",
      { state: "Syncing", isValidator: false },
      { validator: "no", validators: 1, height: 2_000 },
    );
    expect(quorumOf([...validators(4), old])).toMatchObject({ n: 4 });
  });

  it("two chains in one group are no quorum", () => {
    const other = aValidator("other", {}, { chainId: 1_337 });
    expect(quorumOf([...validators(4), other])).toMatchObject({
      word: "unknown",
      detail: "Its validators are of 2 chains (138, 1337): each needs a group of its own.",
    });
    expect(chainOf([...validators(4), other])).toBeNull();
  });

  it("a name that two hosts have is told with its host", () => {
    const twins = ["ct101", "ct102"].map((host) => stopped(aValidator("besu", { id: `${host}/besu` })));
    expect(quorumOf([...validators(2), ...twins])?.missing).toEqual(["ct101/besu", "ct102/besu"]);
  });
});

describe("whatever the members are", () => {
  it("safe and at risk were seen: enough that run, are seen, and are said to take part", () => {
    fc.assert(
      fc.property(anyMembers, (members) => {
        const quorum = quorumOf(members);
        if (quorum === null) return;
        const seen = members.filter(
          ({ isSeen, state, application }) =>
            isSeen && state !== null && state !== "Stopped" && application?.node?.participates === "yes",
        );
        if (quorum.word === "safe") expect(seen.length).toBeGreaterThan(quorum.needed);
        if (quorum.word === "at-risk") expect(seen.length).toBeGreaterThanOrEqual(quorum.needed);
      }),
    );
  });

  it("the counts hold together, and everybody who counts stands in one place", () => {
    fc.assert(
      fc.property(anyMembers, (members) => {
        const quorum = quorumOf(members);
        if (quorum === null) return;
        const { n, needed, tolerated, participating, unknown, mayFail, missing, unsure, word } = quorum;
        expect(needed).toBe(Math.ceil((2 * n) / 3));
        expect(tolerated).toBe(Math.floor((n - 1) / 3));
        expect(mayFail).toBe(participating - needed);
        expect(participating + unknown).toBeLessThanOrEqual(n);
        expect(new Set([...missing, ...unsure]).size).toBe(missing.length + unsure.length);
        if (word === "stopped") expect(participating + unknown).toBeLessThan(needed);
        expect(quorum.detail).toMatch(/^[A-Z0-9].*\.$/);
      }),
    );
  });

  it("nothing is claimed where nobody is seen", () => {
    fc.assert(
      fc.property(anyMembers, (members) => {
        const unseen = members.map((member) => ({ ...member, isSeen: false }));
        expect(["unknown", undefined]).toContain(quorumOf(unseen)?.word);
      }),
    );
  });
});

describe("where the chain stands", () => {
  it("is the highest head, and how far apart those are that are seen", () => {
    const members = [
      aValidator("a", {}, { height: 1_000 }),
      aValidator("b", {}, { height: 988, headAt: null }),
      aValidator("c", { isSeen: false }, { height: 2_000 }),
      aValidator("d", {}, { height: null }),
    ];
    expect(chainOf(members)).toEqual({ height: 1_000, headAt: "2026-11-28T08:00:00.000000Z", spread: 12 });
    expect(chainOf([])).toBeNull();
    expect(chainOf([aValidator("a", {}, null)])).toBeNull();
  });
});
