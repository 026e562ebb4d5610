import { expect, test } from "vitest";
import { csvLine } from "./csv";

test("cells with commas, quotes and line breaks are quoted, all else stands as it is", () => {
  expect(csvLine(["a", 1, true, null, 'say "hi"', "a,b", "one\ntwo", "Überlänge ✓"])).toBe(
    'a,1,true,,"say ""hi""","a,b","one\ntwo",Überlänge ✓\r\n',
  );
});

test.each(["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx"])("%j is no formula for a spreadsheet", (text) => {
  const cell = csvLine([text]).trimEnd().replace(/^"/, "");
  expect(cell.startsWith("'")).toBe(true);
});

test("a number keeps its sign: it is no text", () => {
  expect(csvLine([-5])).toBe("-5\r\n");
});
