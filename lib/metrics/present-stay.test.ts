import fc from "fast-check";
import { expect, test } from "vitest";
import { presentStayMs } from "./present-stay";

const us = (ms: number) => ms * 1000;

test("a stay without gaps lasts until history ends, and not a microsecond longer", () => {
  expect(presentStayMs(1_000, us(1_500) + 999, [])).toBe(500);
  expect(presentStayMs(1_000, us(1_000), [])).toBe(0);
});

test("history that ends before the stay begins has seen nothing of it", () => {
  expect(presentStayMs(1_000, us(400), [{ from: us(100), to: us(900) }])).toBe(0);
});

test("each millisecond counts exactly if no gap covers it", () => {
  const span = fc
    .tuple(fc.nat({ max: 80_000 }), fc.nat({ max: 30_000 }))
    .map(([from, length]) => ({ from, to: from + length }));
  fc.assert(
    fc.property(
      fc.nat({ max: 60 }),
      fc.nat({ max: 90_000 }),
      fc.array(span, { maxLength: 6 }),
      (since, until, given) => {
        const gaps = [...given].sort((left, right) => left.from - right.from);
        let seen = 0;
        for (let ms = since; ms < Math.floor(until / 1000); ms += 1)
          if (!gaps.some(({ from, to }) => Math.floor(from / 1000) <= ms && ms < Math.floor(to / 1000)))
            seen += 1;
        expect(presentStayMs(since, until, gaps)).toBe(seen);
      },
    ),
  );
});
