import { describe, expect, test } from "vitest";
import { aService } from "../live/examples";
import { byErrorTime, suspects } from "./error-ranking";
import { askServices, isOfFilter, leavesOut, readInsightFilter, writeInsightFilter } from "./insight-filter";
import { lastDay } from "./span";

describe("the filter of the page", () => {
  const address = "group=edge&group=a+b&host=here&kind=besu&span=7d";
  const filter = readInsightFilter(new URLSearchParams(address));
  test("stands in the address and is read back as it was", () => {
    expect(writeInsightFilter(filter)).toBe(address);
    expect(askServices(filter)).toBe("group=edge&group=a+b&host=here&kind=besu");
    expect(writeInsightFilter(readInsightFilter(new URLSearchParams()))).toBe("");
  });

  test("picks the services that the API would", () => {
    const fits = isOfFilter(filter);
    expect(fits(aService({ group: "edge", kind: "besu" }))).toBe(true);
    expect(fits(aService({ group: null, kind: "besu" }))).toBe(false);
    expect(fits(aService({ group: "edge" }))).toBe(false);
    expect(leavesOut(filter)).toBe(true);
    expect(leavesOut({ groups: [], hosts: [], kinds: [], span: { ...lastDay, ms: 1 } })).toBe(false);
  });
});

describe("who was in Error for longest", () => {
  const inError = aService({ id: "here/a", state: "Error", since: "2026-11-20T00:00:00Z" });
  const lately = aService({ id: "here/b", state: "Error", since: "2026-11-28T00:00:00Z" });
  const flapping = aService({ id: "here/c" });
  const steady = aService({ id: "here/d" });
  const entries = [{ service: "here/c" }, { service: "here/c" }, { service: "here/gone" }];

  test("is looked for among those in it now and those that entered it", () =>
    expect(suspects([steady, lately, flapping, inError], entries).map(({ id }) => id)).toEqual([
      "here/a",
      "here/b",
      "here/c",
    ]));

  test("a large fleet in Error does not hide those that fall again and again", () => {
    const many = Array.from({ length: 100 }, (_, n) => aService({ id: `here/e${n}`, state: "Error" }));
    const asked = suspects([...many, flapping], entries);
    expect(asked).toHaveLength(24);
    expect(asked).toContain(flapping);
  });

  test("stands in the order of the time", () => {
    const sums = (ms: number, count: number) => ({
      from: "2026-11-28T00:00:00Z",
      to: "2026-11-28T01:00:00Z",
      services: 1,
      states: { Error: { ms, entries: count } },
      notObservedMs: 0,
    });
    const ranked = byErrorTime([
      { service: flapping, sums: sums(1_000, 8) },
      { service: steady, sums: sums(0, 0) },
      { service: inError, sums: sums(1_800_000, 0) },
      { service: lately, sums: undefined },
    ]);
    expect(ranked.map(({ service, share }) => [service.id, share])).toEqual([
      ["here/a", 0.5],
      ["here/c", 1_000 / 3_600_000],
    ]);
  });
});
