import { expect, test } from "vitest";
import { createAlertBook } from "./alert-book";
import { anAlert } from "./examples";

function aBook(initial?: Parameters<typeof createAlertBook>[0]) {
  const changes = { count: 0 };
  const book = createAlertBook(initial, () => {
    changes.count += 1;
  });
  return { book, changes, ids: () => book.open().map(({ id }) => id) };
}

const resolved = { status: "resolved", resolvedAt: "2026-11-23T09:00:00.000000Z" } as const;

test("until the open alerts were read nobody says that there are none", () => {
  const { book } = aBook();
  expect(book.known()).toEqual({ tag: "asking" });
  book.replace([], book.mark());
  expect(book.known()).toEqual({ tag: "known" });
  expect(aBook([anAlert()]).book.known()).toEqual({ tag: "known" });
});

test("an alert that is resolved leaves the open ones, and no older word brings it back", () => {
  const { book, ids } = aBook([anAlert()]);
  const mark = book.mark();
  book.take(anAlert(resolved));
  expect(ids()).toEqual([]);
  book.replace([anAlert()], mark);
  expect(ids()).toEqual([]);
  book.take(anAlert());
  expect(ids()).toEqual([]);
  expect(book.resolved().map(({ status }) => status)).toEqual(["resolved"]);
});

test("what the feed told while alerts were being read is newer than what was read", () => {
  const { book } = aBook();
  const mark = book.mark();
  book.take(anAlert({ id: "late" }));
  book.take(anAlert({ id: "seen", status: "acknowledged" }));
  book.replace([anAlert({ id: "seen" }), anAlert({ id: "other" })], mark);
  expect(book.open().map(({ id, status }) => `${id} ${status}`)).toEqual([
    "late firing",
    "seen acknowledged",
    "other firing",
  ]);
});

test("what a later reading no longer has is gone", () => {
  const { book, ids } = aBook([anAlert({ id: "gone" }), anAlert({ id: "stays" })]);
  book.replace([anAlert({ id: "stays" })], book.mark());
  expect(ids()).toEqual(["stays"]);
});

test("the same list is given until something changes", () => {
  const { book, changes } = aBook([anAlert()]);
  expect(book.open()).toBe(book.open());
  const before = book.open();
  book.take(anAlert({ status: "acknowledged" }));
  expect(book.open()).not.toBe(before);
  expect(changes.count).toBe(1);
});
