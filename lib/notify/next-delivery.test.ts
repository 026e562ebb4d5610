import { describe, expect, test } from "vitest";
import { nextDelivery, type Waiting } from "./next-delivery";

const digest = { above: 5, withinMs: 10_000 };
const at = 100_000_000;

function waits(eventId: number | null, changes: Partial<Waiting> = {}): Waiting {
  return {
    ...{ id: `n${eventId ?? "test"}`, eventId, alertId: `a${eventId}`, deliveryId: null },
    ...{ standsAside: false, nextAt: 0, createdAt: at },
    ...changes,
  };
}
const row = (count: number, changes: Partial<Waiting> = {}) =>
  Array.from({ length: count }, (_, n) => waits(n + 1, changes));
const take = (ids: string[], deliveryId: string | null = null) => ({ tag: "take", ids, deliveryId });

test("nothing waits, nothing is sent", () => {
  expect(nextDelivery([], 0, digest, at)).toEqual({ tag: "nothing" });
});

test("up to five go one by one, in their order", () => {
  expect(nextDelivery(row(5), 0, digest, at)).toEqual(take(["n1"]));
  expect(nextDelivery(row(1), 4, digest, at)).toEqual(take(["n1"]));
});

test("more than five that wait go as one, a hundred at the most", () => {
  expect(nextDelivery(row(6), 0, digest, at)).toEqual(take(["n1", "n2", "n3", "n4", "n5", "n6"]));
  expect(nextDelivery(row(250), 0, digest, at)).toMatchObject({ ids: { length: 100 } });
});

test("what comes after five within ten seconds is gathered for ten seconds", () => {
  const late = row(3);
  expect(nextDelivery(late, 5, digest, at)).toEqual({ tag: "wait", until: at + 10_000_000 });
  expect(nextDelivery(late, 0, digest, at + 10_000_000)).toEqual(take(["n1", "n2", "n3"]));
  expect(nextDelivery(late, 4, digest, at)).toEqual(take(["n1"]));
});

describe("what could not be delivered", () => {
  const tried = { deliveryId: "d1", nextAt: at + 1_000 };
  const waiting = [waits(1, tried), waits(2, tried), waits(3)];

  test("keeps what came after it waiting", () => {
    expect(nextDelivery(waiting, 0, digest, at)).toEqual({ tag: "wait", until: at + 1_000 });
  });

  test("goes again as it went, under the same id", () => {
    expect(nextDelivery(waiting, 0, digest, at + 1_000)).toEqual(take(["n1", "n2"], "d1"));
  });
});

describe("what the receiver does not want", () => {
  const refused = { standsAside: true, nextAt: at + 1_000, alertId: "a1" };

  test("keeps nothing waiting but later news of its own alert", () => {
    const waiting = [waits(1, refused), waits(2, { alertId: "a1" }), waits(3)];
    expect(nextDelivery(waiting, 0, digest, at)).toEqual(take(["n3"]));
    expect(nextDelivery(waiting.slice(0, 2), 0, digest, at)).toEqual({ tag: "wait", until: at + 1_000 });
    expect(nextDelivery(waiting.slice(0, 2), 0, digest, at + 1_000)).toEqual(take(["n1"]));
  });

  test("goes one by one, so that one that is not wanted takes no other with it", () => {
    const waiting = row(5, { standsAside: true, createdAt: 0 });
    expect(nextDelivery(waiting, 9, digest, at)).toEqual(take(["n1"]));
  });

  test("goes as one where there is much of it", () => {
    const waiting = row(6, { standsAside: true });
    expect(nextDelivery(waiting, 9, digest, at)).toMatchObject({ ids: { length: 6 } });
  });
});

test("a test goes first, also where everything else waits", () => {
  const tried = waits(1, { deliveryId: "d1", nextAt: at + 1_000 });
  expect(nextDelivery([waits(null), tried], 5, digest, at)).toEqual(take(["ntest"]));
});

test("where digests are made elsewhere, all that waits goes at once", () => {
  const none = { above: 0, withinMs: 0 };
  expect(nextDelivery(row(3), 100, none, at)).toEqual(take(["n1", "n2", "n3"]));
});
