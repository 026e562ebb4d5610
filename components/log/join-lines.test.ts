import { expect, test } from "vitest";
import { joinLines } from "./join-lines";

const lines = (...texts: string[]) =>
  texts.map((text) => ({ at: null, priority: null, text, stream: "out" }));
const said = (read: string[], streamed: string[]) =>
  joinLines(lines(...read), lines(...streamed)).map(({ text }) => text);

test("a stream that goes on right after what was read is put behind it", () => {
  expect(said(["a", "b"], ["c", "d"])).toEqual(["a", "b", "c", "d"]);
});

test("a stream that begins with the end of what was read repeats nothing", () => {
  expect(said(["a", "b", "c"], ["b", "c", "d"])).toEqual(["a", "b", "c", "d"]);
  expect(said(["a", "b"], ["a", "b"])).toEqual(["a", "b"]);
});

test("what was read after the stream began may know more than the stream told yet", () => {
  expect(said(["a", "b", "c"], ["b"])).toEqual(["a", "b", "c"]);
});

test("lines that a program wrote twice stay two", () => {
  expect(said(["tick", "tick"], ["tock", "tick"])).toEqual(["tick", "tick", "tock", "tick"]);
});

test("without a stream yet, what was read stands", () => {
  expect(said(["a"], [])).toEqual(["a"]);
  expect(said([], ["a"])).toEqual(["a"]);
});
