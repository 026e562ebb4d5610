import { expect, test } from "vitest";
import { formatInstant } from "./format-instant";

const instant = "2026-11-23T23:17:03.123456Z";

test("an instant is told in the reader's zone, and in UTC to the microsecond", () => {
  const said = formatInstant(instant, "Europe/Berlin");
  expect(said.time).toBe("00:17:03.123");
  expect(said.day).toBe("24 Nov 2026");
  expect(said.exact).toContain("2026-11-23 23:17:03.123456 UTC");
});
