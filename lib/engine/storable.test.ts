import fc from "fast-check";
import { expect, it } from "vitest";
import { storable } from "./storable";

it("leaves nothing that PostgreSQL's jsonb refuses", () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.string({ unit: "binary" }), (value, text) => {
      const cleaned = JSON.stringify(storable({ value, [text]: `${text}\u0000\uD800` }));
      expect(cleaned).not.toContain("\\u0000");
      expect(cleaned.isWellFormed()).toBe(true);
      expect(cleaned).not.toMatch(/\\ud[89ab]/i);
    }),
  );
});

it("cuts what is too long, and says so", () => {
  expect(storable("x".repeat(50), 10)).toBe(`${"x".repeat(10)}…`);
});

it("keeps numbers, booleans, null and the shape", () => {
  const value = { a: [1, true, null, { b: "c" }] };
  expect(storable(value)).toEqual(value);
});
