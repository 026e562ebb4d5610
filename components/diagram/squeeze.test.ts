import { expect, test } from "vitest";
import { squeezePath } from "./squeeze";

test("heights are squeezed and widths are kept", () => {
  expect(squeezePath("M10,100L10,200Q10,210 20,210L80,210", 0.5)).toBe("M10,50L10,100Q10,105,20,105L80,105");
});

test("a hop over another edge stays round", () => {
  expect(squeezePath("M 0,40 L 12,40 A6,6 0 0 1 24,40 V -20.5", 0.5)).toBe(
    "M0,20L12,20A6,6,0,0,1,24,20V-10.25",
  );
});

test("what it does not know, it refuses instead of drawing nonsense", () => {
  expect(() => squeezePath("M0,0l5,5", 0.5)).toThrow("command l");
});
