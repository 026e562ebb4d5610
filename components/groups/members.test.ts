import { expect, test } from "vitest";
import { aNode, anApplication, aService } from "../live/examples";
import { columnsOf } from "./member-columns";
import { behindOf, partOf, runs } from "./members";

const node = (change = {}) => anApplication({ node: aNode(change) });
const lost = { status: "lost", since: null, reason: null } as const;

test("a member's part is what its chain says of it, and of one that is not seen nothing is known", () => {
  expect(partOf(aService({ application: node() }))).toBe("yes");
  expect(partOf(aService({ application: node({ participates: "no" }) }))).toBe("no");
  expect(partOf(aService({ application: node({ participates: "unknown" }) }))).toBe("unknown");
  expect(partOf(aService({ application: node(), contact: lost }))).toBe("unknown");
});

test("a validator of which nothing runs takes no part, and what is no validator has none to take", () => {
  expect(partOf(aService({ state: "Stopped", validator: true }))).toBe("no");
  expect(partOf(aService({ application: node({ validator: "no" }) }))).toBeNull();
  expect(partOf(aService())).toBeNull();
});

test("a member's part is its own, however many validators its chain has", () => {
  expect(partOf(aService({ application: node({ validators: 30 }) }))).toBe("yes");
});

test("what is on the way does not run yet, and of what is not seen it is not claimed", () => {
  expect(["Running", "Consensus", "Synced", "Connected"].every((state) => runs(aService({ state })))).toBe(
    true,
  );
  expect(
    ["Stopped", "Starting", "Syncing", "Reconnecting", null].some((state) => runs(aService({ state }))),
  ).toBe(false);
  expect(runs(aService({ contact: lost }))).toBe(false);
});

test("how far a node is behind is counted from the highest head, where both are known", () => {
  expect(behindOf(aService({ application: node({ height: 990 }) }), 1_000)).toBe(10);
  expect(behindOf(aService({ application: node({ height: null }) }), 1_000)).toBeNull();
  expect(behindOf(aService(), 1_000)).toBeNull();
});

test("the table has only columns that one of its members fills", () => {
  const validator = aService({ kind: "besu", application: node() });
  expect(columnsOf([aService()])).toEqual({ host: false, nodes: false, validators: false });
  expect(columnsOf([validator, aService({ host: "there" })])).toEqual({
    host: true,
    nodes: true,
    validators: true,
  });
});
