import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { machineOfKind } from "../machine/kinds/machine-of-kind";
import type { Observation } from "../machine/observation";
import { newsIn, stayUntil, type Track } from "./track";

function track(since: number | null, monotonic: number | null, bootId: string | null): Track {
  const machine = machineOfKind("service");
  if (!machine) throw new Error("no machine");
  return {
    serviceId: 1,
    host: "toys",
    name: "echo",
    id: "toys/echo",
    machine,
    state: "Running",
    seq: 3,
    since,
    sinceMonotonic: monotonic,
    sinceBootId: bootId,
    wanted: null,
    keys: new Set(),
  };
}

describe("how long a state lasted", () => {
  it("is unknown for a service's first row", () => {
    const move = { at: 10, monotonic: 1, bootId: "a" };
    expect(stayUntil(track(null, null, null), move, [])).toEqual({ inFromUs: null, gapUs: 0 });
  });

  it("comes from the monotonic clock within one boot, whatever the wall clock did", () => {
    const move = { at: 900, monotonic: 5_500, bootId: "a" };
    expect(stayUntil(track(1_000, 5_000, "a"), move, [])).toEqual({ inFromUs: 500, gapUs: 0 });
  });

  it("comes from the wall clock across boots, and is never negative", () => {
    const from = track(1_000, 5_000, "a");
    expect(stayUntil(from, { at: 4_000, monotonic: 7, bootId: "b" }, []).inFromUs).toBe(3_000);
    expect(stayUntil(from, { at: 400, monotonic: 7, bootId: "b" }, []).inFromUs).toBe(0);
  });

  it("leaves gaps out, and says them", () => {
    const move = { at: 10_000, monotonic: 14_000, bootId: "a" };
    const gaps = [
      { from: 0, to: 500 },
      { from: 2_000, to: 5_000 },
      { from: 9_000, to: 12_000 },
    ];
    expect(stayUntil(track(1_000, 5_000, "a"), move, gaps)).toEqual({ inFromUs: 5_000, gapUs: 4_000 });
  });

  it("never adds up to anything but the whole", () => {
    const span = fc
      .tuple(fc.nat(20_000), fc.nat(20_000))
      .map(([a, b]) => ({ from: Math.min(a, b), to: Math.max(a, b) }));
    fc.assert(
      fc.property(fc.nat(10_000), fc.nat(10_000), fc.option(span), (since, length, gap) => {
        const move = { at: since + length, monotonic: length, bootId: "a" };
        const { inFromUs, gapUs } = stayUntil(track(since, 0, "a"), move, gap ? [gap] : []);
        expect((inFromUs ?? 0) + gapUs).toBe(length);
      }),
    );
  });
});

describe("what is read back of a service whose application moved last", () => {
  const lost = (at: number, sourceKey: string): Observation => ({
    state: "Error",
    at,
    observedAt: at,
    bootId: "a",
    monotonic: null,
    cause: { kind: "service", detail: "exited with code 1" },
    evidence: {},
    source: "journal",
    sourceKey,
  });
  const since = 10_000_000;
  const after = (...keys: string[]) => ({ ...track(since, null, null), keys: new Set(keys) });

  it("is news also where the host dates it a moment before what was asked then, and comes after it", () => {
    const told = newsIn(after("f/Starting", "probe/10000000/Reconnecting"), [
      lost(since - 200_000, "f/Error"),
    ]);
    expect(told.map(({ at, state }) => [at, state])).toEqual([[since, "Error"]]);
  });

  it("is none where it is known, or older than clocks differ by, or the host dated the move before as well", () => {
    const probed = after("f/Error", "probe/10000000/Reconnecting");
    expect(newsIn(probed, [lost(since - 200_000, "f/Error")])).toEqual([]);
    expect(newsIn(after("probe/10000000/Reconnecting"), [lost(since - 2_000_000, "f/Error")])).toEqual([]);
    expect(newsIn(after("f/Running"), [lost(since - 200_000, "f/Error")])).toEqual([]);
  });
});
