import { expect } from "vitest";
import type { Fleet } from "./fleet";
import { parseFleet } from "./parse";

/** What tests of good files share. */

const options = { file: "signalbox.yaml", baseFolder: "/srv/box" };

export function fleetOf(text: string): Fleet {
  const result = parseFleet(text, options);
  expect(result).toMatchObject({ tag: "ok" });
  if (result.tag !== "ok") throw new Error("not a fleet");
  return result.fleet;
}

export function warningsOf(text: string): string[] {
  const result = parseFleet(text, options);
  return result.tag === "ok"
    ? result.warnings.map(({ line, message }) => `${line}: ${message}`)
    : ["invalid"];
}
