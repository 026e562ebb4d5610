import { DrizzleQueryError } from "drizzle-orm";
import { expect, test } from "vitest";
import { tellCause } from "./tell-cause";

const refused = Object.assign(new Error("value out of range for type integer"), { code: "22003" });

test("the innermost cause comes first, with its code", () => {
  const error = new Error("the page could not be read", { cause: new Error("no row", { cause: refused }) });
  expect(tellCause(error)).toBe(
    "value out of range for type integer [22003]; while: no row; while: the page could not be read",
  );
});

test("a query however long is cut by itself and does not hide its reason", () => {
  const told = tellCause(new DrizzleQueryError(`select ${"a, ".repeat(5_000)}b`, [], refused));
  expect(told).toMatch(/^value out of range for type integer \[22003\]; while: Failed query: select a, a, /);
  expect(told.length).toBeLessThan(400);
});

test.each([
  ["one line", "select $1"],
  ["several lines", "select\n  $1\n  from x"],
])("a query's parameters are never told (%s)", (_, query) => {
  const told = tellCause(new DrizzleQueryError(query, ["secret", "two\nparams: secret"], refused));
  expect(told).not.toContain("secret");
  expect(told).not.toContain("params:");
  expect(told).toContain("Failed query: select");
});

test("an error without words is told by what it gathered, and by its name", () => {
  const none = Object.assign(new AggregateError([new Error("connect ECONNREFUSED 192.0.2.1:5432")]), {
    code: "ECONNREFUSED",
  });
  expect(tellCause(none)).toBe("connect ECONNREFUSED 192.0.2.1:5432; while: AggregateError [ECONNREFUSED]");
});

test("errors that are each other's cause end, and what is no error is told as it is", () => {
  const one = new Error("one");
  one.cause = new Error("two", { cause: one });
  expect(tellCause(one).split("; while: ")).toHaveLength(6);
  expect(tellCause("plain words")).toBe("plain words");
});
