import fc from "fast-check";
import { expect, test } from "vitest";
import { decodeCursor, encodeCursor } from "./cursor";
import { ProblemError } from "./problem";

test("a cursor gives back the keys it was made of", () => {
  fc.assert(
    fc.property(fc.maxSafeInteger(), fc.string({ maxLength: 255 }), (number, text) => {
      fc.pre(!text.includes("\0"));
      expect(decodeCursor(encodeCursor([number, text]), ["bigint", "text"])).toEqual([number, text]);
    }),
  );
});

test("whatever else is given for a cursor is refused as malformed, never taken for another place", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 400 }), (text) => {
      expect(() => decodeCursor(text, ["bigint", "bigint"])).toThrow(ProblemError);
    }),
  );
});

test.each([
  ["keys of another list", encodeCursor(["toys", "echo"])],
  ["too many keys", encodeCursor([1, 2, 3])],
  ["a number that is none", encodeCursor([1.5, 2])],
  ["padding", `${encodeCursor([1, 2])}=`],
  ["an object", Buffer.from('{"length":2}').toString("base64url")],
])("%s: refused", (_, text) => {
  expect(() => decodeCursor(text, ["bigint", "bigint"])).toThrow(/cursor/);
});

test.each([2_147_483_648, -2_147_483_649, Number.MAX_SAFE_INTEGER])(
  "%i, which an integer column cannot take, is refused where the key is one",
  (number) => {
    expect(() => decodeCursor(encodeCursor([number]), ["integer"])).toThrow(/cursor/);
    expect(decodeCursor(encodeCursor([number]), ["bigint"])).toEqual([number]);
  },
);
