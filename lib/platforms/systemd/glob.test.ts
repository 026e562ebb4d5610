import { expect, test } from "vitest";
import { matchesGlob } from "./glob";

test.each([
  ["nginx.service", "*.service", true],
  ["nginx.socket", "*.service", false],
  ["systemd-logind.service", "systemd-*", true],
  ["besu@validator-1.service", "besu@*.service", true],
  ["a.b", "a?b", true],
  ["axb", "a.b", false],
  ["node3.service", "node[1-4].service", true],
  ["node3.service", "node[!1-4].service", false],
  ["odd[1].service", "odd\\[1\\].service", true],
  ["odd@a\\x2db.service", "odd@a\\\\x2db.service", true],
  ["x(1)+{2}|3^$.service", "x(1)+{2}|3^$.service", true],
  ["[", "[", true],
  ["anything", "", false],
])("%s, matched by %s: %s", (name, pattern, matches) => {
  expect(matchesGlob(name, pattern)).toBe(matches);
});
