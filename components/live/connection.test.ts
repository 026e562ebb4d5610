import { expect, test } from "vitest";
import { connectionOf, quietMs } from "./connection";

test("a feed that is away for less than five seconds is not called lost", () => {
  const link = { tag: "connecting", since: 1_000, heardAt: 900 } as const;
  expect(connectionOf(link, 1_000 + quietMs - 1).tag).toBe("reconnecting");
  expect(connectionOf(link, 1_000 + quietMs)).toEqual({ tag: "lost", since: 1_000, heardAt: 900 });
});

test("a browser that is no longer signed in is told so, not that the feed is lost", () => {
  expect(connectionOf({ tag: "signed-out", since: 0 }, 60_000).tag).toBe("signed-out");
});
