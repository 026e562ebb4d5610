import { expect, test } from "vitest";
import { gatherGaps } from "./fleet-gaps";

const at = (second: string) => `2026-11-23T08:00:${second}.000000Z`;
const gap = (host: string, from: string, to: string | null, reason = "Signalbox was ended.") => ({
  host,
  from: at(from),
  to: to === null ? null : at(to),
  reason,
  recovered: false,
});

test("hosts that were lost together are one gap, each host once", () => {
  const [one, ...more] = gatherGaps([gap("b", "10", "20"), gap("a", "11", "21")]);
  expect(one).toMatchObject({ hosts: ["a", "b"], from: at("11"), to: at("21") });
  expect(more).toEqual([]);
});

test("another reason, another end, or one that is not over is another gap", () => {
  const gaps = [
    gap("a", "10", "20"),
    gap("b", "10", "20", "ssh ended"),
    gap("c", "10", "40"),
    gap("d", "10", null),
  ];
  expect(gatherGaps(gaps)).toHaveLength(4);
});
