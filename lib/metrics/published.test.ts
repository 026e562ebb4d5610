import { Counter, Histogram, Registry } from "prom-client";
import { expect, test } from "vitest";
import { writeFamilies } from "./exposition";
import { joinFamilies } from "./family";
import { declared } from "./process-figures";
import { publish, publishedFamilies } from "./published";

async function engineRow(): Promise<unknown> {
  const registry = new Registry();
  new Histogram({
    ...declared("signalbox_change_to_database_seconds", registry),
    buckets: [0.01, 1],
  }).observe(0.2);
  new Counter(declared("signalbox_process_cpu_seconds_total", registry)).inc(1.5);
  return JSON.parse(JSON.stringify(await publish(registry)));
}

test("what an engine wrote into its row is told as it was, marked with whose it is", async () => {
  const families = publishedFamilies(await engineRow(), { process: "engine", engine: "box 1" });
  const { text } = await writeFamilies(families, "text/plain");
  expect(text.split("\n")).toEqual(
    expect.arrayContaining([
      'signalbox_change_to_database_seconds_bucket{le="0.01",process="engine",engine="box 1"} 0',
      'signalbox_change_to_database_seconds_bucket{le="1",process="engine",engine="box 1"} 1',
      'signalbox_change_to_database_seconds_bucket{le="+Inf",process="engine",engine="box 1"} 1',
      'signalbox_change_to_database_seconds_sum{process="engine",engine="box 1"} 0.2',
      'signalbox_process_cpu_seconds_total{process="engine",engine="box 1"} 1.5',
    ]),
  );
});

test("several engines share a family's head", async () => {
  const row = await engineRow();
  const families = joinFamilies([
    ...publishedFamilies(row, { process: "engine", engine: "a 1" }),
    ...publishedFamilies(row, { process: "engine", engine: "b 2" }),
  ]);
  expect(families).toHaveLength(2);
  expect(families[1]?.values.map(({ labels }) => labels.engine)).toEqual(["a 1", "b 2"]);
});

test.each([
  ["nothing", null],
  ["another shape", { lag: 3 }],
  ["a metric of another build", [{ name: "signalbox_of_tomorrow", values: [{ labels: {}, value: 1 }] }]],
  ["a name of the language itself", [{ name: "constructor", values: [{ labels: {}, value: 1 }] }]],
  [
    "a label that is none",
    [{ name: "signalbox_recorder_backlog", values: [{ labels: { 'a"b': "" }, value: 1 }] }],
  ],
])("%s in the row is left out", (_, figures) => {
  expect(publishedFamilies(figures, { process: "engine", engine: "x" })).toEqual([]);
});
