import { expect, test } from "vitest";
import { comparePositions } from "./feed-protocol";
import { createFeedRing } from "./feed-ring";

const message = (id: string, data = "{}") => ({ type: "service" as const, id, data });

test("positions are compared as numbers, however long", () => {
  expect(comparePositions("9", "10")).toBeLessThan(0);
  expect(comparePositions("90071992547409930", "90071992547409929")).toBeGreaterThan(0);
  expect(comparePositions("7", "7")).toBe(0);
});

test("the ring says when it does not reach back far enough", () => {
  const ring = createFeedRing("10");
  ring.push(message("11"));
  expect(ring.after("9")).toBeNull();
  expect(ring.after("10")?.map(({ id }) => id)).toEqual(["11"]);
  expect(ring.after("12")).toEqual([]);
});

test("messages that share a position are all given to whoever stands there", () => {
  const ring = createFeedRing("10");
  for (const text of ["row", "host lost", "its services"]) ring.push(message("11", text));
  expect(ring.after("11")?.map(({ data }) => data)).toEqual(["row", "host lost", "its services"]);
});

test.each([
  { messages: 4, characters: 1_000 },
  { messages: 1_000, characters: 12 },
])("what is kept stays within $messages messages and $characters characters, without a hole", (limits) => {
  const ring = createFeedRing("0", limits);
  for (let id = 1; id <= 50; id += 1) ring.push(message(String(id), "abc"));
  expect(ring.after("0")).toBeNull();
  const reach = Array.from({ length: 51 }, (_, id) => id).find((id) => ring.after(String(id)) !== null) ?? 0;
  const kept = ring.after(String(reach)) ?? [];
  expect(kept.map(({ id }) => Number(id))).toEqual(Array.from({ length: 51 - reach }, (_, at) => reach + at));
  expect(kept.length).toBeLessThanOrEqual(5);
  expect(kept.length).toBeGreaterThan(0);
});
