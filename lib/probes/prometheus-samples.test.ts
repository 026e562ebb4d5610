import { expect, test } from "vitest";
import { samplesOf } from "./prometheus-samples";

const read = (text: string, ...names: string[]) => [...samplesOf(text, new Set(names))];

test("samples are read with their labels, and nothing else is", () => {
  const text = [
    "# HELP up Whether it is up",
    "# TYPE up gauge",
    'up{job="a",path="C:\\\\x",said="\\"so\\"\\n"} 1',
    "up 0 1795385756370",
    'requests_total{code="200"} 1.2e+06',
    "down 5",
  ].join("\n");
  expect(read(text, "up", "requests_total")).toEqual([
    { name: "up", labels: { job: "a", path: "C:\\x", said: '"so"\n' }, value: 1 },
    { name: "up", labels: {}, value: 0 },
    { name: "requests_total", labels: { code: "200" }, value: 1_200_000 },
  ]);
});

test.each(["up", "up{", 'up{a="1} 2', "up NaN", "up one", "<html>up 1", 'up{a="1" b="2"} 1'])(
  "%o is no sample, and no error",
  (line) => {
    expect(read(line, "up")).toEqual([]);
  },
);

test("infinities are numbers", () => {
  expect(read("up +Inf\nup -Inf\nup Inf", "up").map(({ value }) => value)).toEqual([
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
    Number.POSITIVE_INFINITY,
  ]);
});
