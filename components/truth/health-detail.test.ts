import { expect, test } from "vitest";
import { detailBeside, sayShortfall } from "./health-detail";

test("what is missing is said as numbers, and nothing where nothing is missing or counted", () => {
  expect(sayShortfall({ status: "degraded", detail: "", have: 2, want: 4 })).toBe("2 of 4");
  expect(sayShortfall({ status: "ok", detail: "", have: 4, want: 4 })).toBeNull();
  expect(sayShortfall({ status: "ok", detail: "" })).toBeNull();
});

test("numbers that a sentence begins with are not said twice", () => {
  const health = { status: "degraded", have: 2, want: 4 } as const;
  expect(detailBeside({ ...health, detail: "2 of 4 connections are registered" })).toBe(
    "connections are registered",
  );
  expect(detailBeside({ ...health, detail: "two are gone" })).toBe("two are gone");
  expect(detailBeside({ status: "ok", detail: "answers 200" })).toBe("answers 200");
});
