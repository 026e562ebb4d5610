import { expect, test } from "vitest";
import { refuseOldServer } from "./fit-server";

test("PostgreSQL 15 and newer are taken, older ones are refused with what is needed", () => {
  for (const version of ["150000", "150013", "180001"]) expect(() => refuseOldServer(version)).not.toThrow();
  for (const [version, major] of [
    ["140011", 14],
    ["90624", 9],
  ] as const)
    expect(() => refuseOldServer(version)).toThrow(
      `The PostgreSQL server is version ${major}; Signalbox needs 15 or newer.`,
    );
});
