import { expect, test } from "vitest";
import { slotsOf } from "./tunnel-slots";

const tunnel = { want: 4, protocol: "quic", version: null, connectorId: null };
const at = (index: number, location: string | null = "fra01") => ({ index, location, edge: null });
const tags = (given: Parameters<typeof slotsOf>[0]) => slotsOf(given).map(({ tag }) => tag);

test("each connection stands in its own place, and what is missing is a free one", () => {
  const given = { ...tunnel, connections: [at(0), at(2)], have: 2 };
  expect(tags(given)).toEqual(["connected", "free", "connected", "free"]);
});

test("connections that are only counted take the first free places, without a location", () => {
  const given = { ...tunnel, connections: [at(1)], have: 3 };
  expect(slotsOf(given)).toEqual([
    { tag: "connected", index: 0, location: null, edge: null },
    { tag: "connected", ...at(1) },
    { tag: "connected", index: 2, location: null, edge: null },
    { tag: "free", index: 3 },
  ]);
});

test("a tunnel without connections has only free places, one with more than are wanted shows them all", () => {
  expect(tags({ ...tunnel, connections: [], have: 0 })).toEqual(["free", "free", "free", "free"]);
  expect(tags({ ...tunnel, connections: [at(5)], have: 1 })).toHaveLength(6);
});
