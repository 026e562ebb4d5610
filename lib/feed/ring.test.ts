import fc from "fast-check";
import { expect, test } from "vitest";
import { Ring } from "./ring";

const bytes = new Uint8Array(10);
const limits = { events: 20, bytes: 150 };

/** Events as a hub makes them: rows with rising positions, and between them others at the last position. */
const kinds = fc.array(fc.boolean(), { minLength: 1, maxLength: 120 });

function fill(ring: Ring, fromRow: readonly boolean[], floor: number) {
  let position = floor;
  return fromRow.map((isRow) => {
    if (isRow) position++;
    const event = { position, fromRow: isRow, bytes };
    ring.push(event);
    return event;
  });
}

test("whoever goes on after a position gets every row after it, once, or is told that some are gone", () => {
  fc.assert(
    fc.property(kinds, fc.nat(130), (fromRow, back) => {
      const ring = new Ring(100, limits);
      const all = fill(ring, fromRow, 100);
      const last = all.at(-1)?.position ?? 100;
      const position = Math.max(0, last - back);
      const index = ring.indexAfter(position);
      const wanted = all.filter((event) => event.fromRow && event.position > position);
      if (index !== null) {
        const given = ring.take(index, Number.POSITIVE_INFINITY) ?? [];
        expect(given.filter((event) => event.fromRow)).toEqual(wanted);
        const others = all.filter((event) => !event.fromRow && event.position >= position);
        expect(given.filter((event) => !event.fromRow)).toEqual(others);
      } else {
        const kept = all.slice(-(ring.end - ring.first));
        expect(position <= 100 || !kept.some((event) => event.position === position && event.fromRow)).toBe(
          true,
        );
      }
    }),
  );
});

test("never holds more than its limits", () => {
  fc.assert(
    fc.property(kinds, (fromRow) => {
      const ring = new Ring(0, limits);
      fill(ring, fromRow, 0);
      expect(ring.bytes).toBeLessThanOrEqual(limits.bytes);
      expect(ring.end - ring.first).toBeLessThanOrEqual(limits.events);
    }),
  );
});

test("a chunk holds what was taken, and is one piece for all who stand at the same place", () => {
  const ring = new Ring(0, limits);
  const told = [1, 2, 3].map((position) => ({ position, fromRow: true, bytes: new Uint8Array([position]) }));
  for (const event of told) ring.push(event);
  const chunk = ring.chunkFrom(0, 2);
  expect(chunk).toEqual({ bytes: Buffer.from([1, 2]), next: 2 });
  expect(ring.chunkFrom(0, 2)).toBe(chunk);
  expect(ring.chunkFrom(2, 2)).toEqual({ bytes: new Uint8Array([3]), next: 3 });
  expect(ring.chunkFrom(3, 2)?.next).toBe(3);
  ring.push({ position: 4, fromRow: true, bytes: new Uint8Array([4]) });
  expect(ring.chunkFrom(3, 2)).toEqual({ bytes: new Uint8Array([4]), next: 4 });
});

test("says that an index is gone rather than skipping events", () => {
  const ring = new Ring(0, limits);
  fill(ring, Array(100).fill(true), 0);
  expect(ring.take(0, 1000)).toBeNull();
  expect(ring.take(ring.first, 1)).toHaveLength(1);
  expect(ring.take(ring.end, 1000)).toEqual([]);
});
