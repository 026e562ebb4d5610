import { expect, test } from "vitest";
import { formatBytes } from "./format-bytes";

test.each([
  [0, "0 B"],
  [999, "999 B"],
  [1_000, "1.0 kB"],
  [9_960, "10 kB"],
  [999_600, "1.0 MB"],
  [123_456_789, "123 MB"],
  [5e15, "5000 TB"],
])("%i bytes are said as %s", (bytes, said) => {
  expect(formatBytes(bytes)).toBe(said);
});
