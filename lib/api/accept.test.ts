import { expect, test } from "vitest";
import { chooseType } from "./accept";

const offers = ["application/json", "text/csv", "application/x-ndjson"] as const;

test.each([
  [null, "application/json"],
  ["", "application/json"],
  ["*/*", "application/json"],
  ["text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "application/json"],
  ["text/csv", "text/csv"],
  ["TEXT/CSV; header=present", "text/csv"],
  ["text/*", "text/csv"],
  ["text/csv, */*", "text/csv"],
  ["application/json;q=0.5, text/csv;q=0.9", "text/csv"],
  ["application/x-ndjson, application/json;q=0.1", "application/x-ndjson"],
  ["*/*, application/json;q=0", "text/csv"],
  ["image/png", null],
  ["application/json;q=0", null],
  ["nonsense", null],
])("Accept %j is answered with %j", (accept, chosen) => {
  expect(chooseType(accept, offers)).toBe(chosen);
});
