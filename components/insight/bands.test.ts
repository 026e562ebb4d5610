import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { carryOn, clipped, type Picture, readTimeline } from "./bands";
import { itemAt, overlap } from "./hit";
import { sayParts } from "./say-parts";
import { stripPaths, timesInError } from "./strip-paths";

const start = Date.parse("2026-11-28T08:00:00.000Z");
const at = (seconds: number) => start + seconds * 1_000;
const iso = (seconds: number) => new Date(at(seconds)).toISOString().replace("Z", "000Z");
const band = (from: number, to: number, state: string | null, moves = 1) => ({
  from: at(from),
  to: at(to),
  state,
  moves,
});
const running: Picture = {
  from: at(0),
  to: at(100),
  bands: [band(0, 40, "Stopped"), band(40, 100, "Running")],
};

test("a timeline of the API is read with its instants in milliseconds", () => {
  const read = readTimeline({
    from: iso(0),
    to: iso(10),
    bands: [{ from: iso(0), to: iso(10), state: null, moves: 0 }],
  });
  expect(read).toEqual({ from: at(0), to: at(10), bands: [band(0, 10, null, 0)] });
});

describe("a picture goes on by what the feed tells", () => {
  test("the last state lasts while its host is seen", () => {
    const now = carryOn(running, { moves: [], now: at(130), observedUntil: at(130) });
    expect(now.bands).toEqual([band(0, 40, "Stopped"), band(40, 130, "Running")]);
  });

  test("moves cut it at their instants", () => {
    const moves = [
      { at: iso(115), to: "Error" },
      { at: iso(110), to: "Stopping" },
    ];
    const now = carryOn(running, { moves, now: at(130), observedUntil: at(130) });
    expect(now.bands.slice(1)).toEqual([
      band(40, 110, "Running"),
      band(110, 115, "Stopping"),
      band(115, 130, "Error"),
    ]);
  });

  test("a move from just before the answer, which the answer does not hold yet, is not lost", () => {
    const now = carryOn(running, {
      moves: [{ at: iso(99), to: "Error" }],
      now: at(130),
      observedUntil: at(130),
    });
    expect(now.bands.slice(1)).toEqual([band(40, 99, "Running"), band(99, 130, "Error")]);
  });

  test("the move that began the last band is not told twice", () => {
    const now = carryOn(running, {
      moves: [{ at: iso(40), to: "Running" }],
      now: at(130),
      observedUntil: at(130),
    });
    expect(now.bands).toEqual([band(0, 40, "Stopped"), band(40, 130, "Running")]);
  });

  test("what was not observed is no state", () => {
    const now = carryOn(running, { moves: [], now: at(130), observedUntil: at(120) });
    expect(now.bands.slice(1)).toEqual([band(40, 120, "Running"), band(120, 130, null, 0)]);
    const still = carryOn(now, { moves: [], now: at(150), observedUntil: at(150) });
    expect(still.bands.at(-1)).toEqual(band(120, 150, null, 0));
  });

  test("a service that was never seen begins with its first move", () => {
    const empty: Picture = { from: at(0), to: at(100), bands: [] };
    expect(carryOn(empty, { moves: [], now: at(130), observedUntil: at(130) }).bands).toEqual([
      band(100, 130, null, 0),
    ]);
    const moves = [{ at: iso(110), to: "Running" }];
    const seen = carryOn(empty, { moves, now: at(130), observedUntil: at(130) });
    expect(seen.bands).toEqual([band(110, 130, "Running")]);
  });

  test("a band that holds many stays goes on as what it ended in", () => {
    const thick: Picture = { ...running, bands: [band(0, 100, "Error", 12)] };
    const live = { moves: [{ at: iso(95), to: "Running" }], now: at(130), observedUntil: at(130) };
    expect(carryOn(thick, live).bands).toEqual([band(0, 100, "Error", 12), band(100, 130, "Running", 0)]);
  });

  test("bands that hold many stays are not cut, only followed", () => {
    const thick: Picture = { ...running, bands: [band(0, 100, "Error", 12)] };
    const moves = [{ at: iso(110), to: "Running" }];
    const now = carryOn(thick, { moves, now: at(130), observedUntil: at(130) });
    expect(now.bands).toEqual([band(0, 110, "Error", 12), band(110, 130, "Running")]);
  });

  test("whatever comes, the bands stay in order, without a hole, up to now", () => {
    const states = fc.constantFrom("Stopped", "Starting", "Running", "Error");
    const moves = fc.array(fc.record({ at: fc.integer({ min: -20, max: 200 }), to: states }), {
      maxLength: 12,
    });
    fc.assert(
      fc.property(moves, fc.integer({ min: 0, max: 200 }), (told, seen) => {
        const live = {
          moves: told.map((move) => ({ ...move, at: iso(move.at) })),
          now: at(180),
          observedUntil: at(seen),
        };
        const { bands } = carryOn(running, live);
        expect(bands[0]?.from).toBe(at(0));
        expect(bands.at(-1)?.to).toBe(at(180));
        for (const [index, each] of bands.entries()) {
          expect(each.to).toBeGreaterThan(each.from);
          const next = bands[index + 1];
          if (next !== undefined) expect(next.from).toBe(each.to);
        }
      }),
    );
  });
});

test("clipping keeps what lies within, and cuts what lies across with the moves that lie outside", () =>
  expect(clipped(running.bands, { from: at(20), to: at(60) })).toEqual([
    band(20, 40, "Stopped", 0),
    band(40, 60, "Running"),
  ]));

describe("pointing", () => {
  const bands = [
    band(0, 40, "Running"),
    band(40, 41, "Error"),
    band(41, 100, "Running"),
    band(120, 140, "Stopped"),
  ];
  test.each([
    [at(10), 0],
    [at(40.5), 1],
    [at(39), 1],
    [at(42), 1],
    [at(60), 2],
    [at(110), -1],
    [at(119), 3],
    [at(500), -1],
  ])("at %d hits the band that is meant", (where, index) => expect(itemAt(bands, where, 2_000)).toBe(index));

  test("an instant belongs to what begins there, not to what ends there", () => {
    const instant = { from: at(40), to: at(40) };
    expect(overlap(instant, { from: at(0), to: at(40) })).toBe(false);
    expect(overlap(instant, { from: at(40), to: at(41) })).toBe(true);
    expect(overlap({ from: at(40), to: at(41) }, instant)).toBe(true);
    expect(overlap(instant, instant)).toBe(true);
    expect(overlap({ from: 0, to: 1 }, { from: 1, to: 2 })).toBe(false);
  });
});

describe("the strip of a fleet's row", () => {
  const day = { from: at(0), to: at(240) };
  test("is one path for each state, Error over the others and never too thin to be seen", () => {
    const bands = [
      band(0, 100, "Running"),
      band(100, 100.1, "Error"),
      band(100.1, 200, "Running"),
      band(200, 240, null),
    ];
    const paths = stripPaths(bands, day);
    expect(paths.map(({ slug }) => slug)).toEqual(["running", "unseen", "error"]);
    expect(paths[0]?.d.match(/M/g)).toHaveLength(2);
    expect(paths[2]?.d).toBe("M100 0h2.5v16h-2.5z");
    expect(timesInError(bands, day)).toBe(1);
  });

  test("is told by the parts of its time", () =>
    expect(sayParts([band(-60, 180, "Running"), band(180, 300, null)], day)).toBe(
      "Running 75.0 %, not observed 25.0 %.",
    ));
});
