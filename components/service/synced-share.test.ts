import { expect, test } from "vitest";
import type { Sync } from "@/lib/wire/application";
import { anApplication, aService } from "../live/examples";
import { syncedShare } from "./synced-share";

const sync = (share: number | null): Sync => {
  return {
    reason: "behind",
    detail: "",
    share,
    behind: null,
    perSecond: null,
    leftMs: null,
    progressAt: null,
  };
};
const syncing = (share: number | null) =>
  aService({ state: "Syncing", application: anApplication({ sync: sync(share) }) });

test("a ring is filled by what the node says, and by nothing where it does not say it", () => {
  expect(syncedShare(syncing(0.42))).toBe(0.42);
  expect(syncedShare(syncing(1.7))).toBe(1);
  expect(syncedShare(syncing(null))).toBeNull();
  expect(syncedShare(aService({ state: "Syncing" }))).toBeNull();
});

test("what does not sync has no share", () => {
  expect(syncedShare({ ...syncing(0.42), state: "Running" })).toBeUndefined();
});
