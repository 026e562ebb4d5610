import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bootId, createWallClock, fromRfc3339, now, spanInWords, toRfc3339 } from "./clock";

describe("now", () => {
  test("is the system's time, in whole microseconds", () => {
    const before = Date.now();
    const { at } = now();
    const after = Date.now();
    expect(Number.isSafeInteger(at)).toBe(true);
    expect(at).toBeGreaterThanOrEqual(before * 1000);
    expect(at).toBeLessThan((after + 1) * 1000);
  });

  test("resolves less than a millisecond", () => {
    const seen = new Set(Array.from({ length: 2000 }, () => now().at % 1000));
    expect(seen.size).toBeGreaterThan(10);
  });

  test("its monotonic time never goes back and its boot id stays", () => {
    let last = now();
    for (let i = 0; i < 1000; i++) {
      const next = now();
      expect(next.monotonic).toBeGreaterThanOrEqual(last.monotonic);
      expect(next.bootId).toBe(bootId());
      last = next;
    }
    expect(bootId()).not.toBe("");
  });
});

describe("the wall clock", () => {
  function fakeClock() {
    const time = { wall: 1_000_000.0, mono: 5_000_000 };
    const clock = createWallClock({
      wallMs: () => Math.floor(time.wall),
      monotonicUs: () => time.mono,
    });
    const pass = (us: number) => {
      time.mono += us;
      time.wall += us / 1000;
    };
    return { time, clock, pass };
  }

  test("counts microseconds between the system's milliseconds", () => {
    const { clock, pass } = fakeClock();
    const first = clock().at;
    pass(250);
    expect(clock().at - first).toBe(250);
  });

  test("follows a step of the system's clock, forward and back, at once", () => {
    const { time, clock, pass } = fakeClock();
    for (const step of [3_600_000, -7_200_000, 5]) {
      time.wall += step;
      pass(100);
      expect(Math.abs(clock().at - time.wall * 1000)).toBeLessThan(1000);
    }
  });

  test("always lies within the system's current millisecond", () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ us: fc.nat(5000), step: fc.oneof(fc.constant(0), fc.integer()) })),
        (moves) => {
          const { time, clock, pass } = fakeClock();
          for (const { us, step } of moves) {
            pass(us);
            time.wall += step;
            const wall = Math.floor(time.wall) * 1000;
            const { at } = clock();
            expect(at).toBeGreaterThanOrEqual(wall);
            expect(at).toBeLessThanOrEqual(wall + 999);
          }
        },
      ),
    );
  });
});

describe("RFC 3339", () => {
  test("is written in UTC with microseconds", () => {
    expect(toRfc3339(1_795_420_800_123_456)).toBe("2026-11-23T08:00:00.123456Z");
    expect(toRfc3339(0)).toBe("1970-01-01T00:00:00.000000Z");
    expect(toRfc3339(-1)).toBe("1969-12-31T23:59:59.999999Z");
  });

  test("is read with any offset and nought to nine digits of a second", () => {
    const at = 1_795_420_800_000_000;
    expect(fromRfc3339("2026-11-23T08:00:00Z")).toBe(at);
    expect(fromRfc3339("2026-11-23t08:00:00z")).toBe(at);
    expect(fromRfc3339("2026-11-23T09:30:00+01:30")).toBe(at);
    expect(fromRfc3339("2026-11-22T22:00:00.5-10:00")).toBe(at + 500_000);
    expect(fromRfc3339("2026-11-23T08:00:00.123456789Z")).toBe(at + 123_456);
    expect(fromRfc3339("2024-02-29T00:00:00Z")).not.toBeNull();
    expect(fromRfc3339("2016-12-31T23:59:60Z")).toBe(fromRfc3339("2017-01-01T00:00:00Z"));
  });

  test.each([
    "",
    "now",
    "2026-11-23",
    "2026-11-23T08:00:00",
    "2026-11-23T08:00Z",
    "2026-11-23T08:00:00.Z",
    "2026-11-23T08:00:00.1234567890Z",
    "2026-02-30T08:00:00Z",
    "2023-02-29T08:00:00Z",
    "2026-13-01T08:00:00Z",
    "2026-00-10T08:00:00Z",
    "2026-11-23T24:00:00Z",
    "2026-11-23T08:60:00Z",
    "2026-11-23T08:00:60Z",
    "2026-11-23T08:00:00+24:00",
    "0000-01-01T00:00:00Z",
    "0050-01-01T00:00:00Z",
    "9999-12-31T23:59:59Z",
    " 2026-11-23T08:00:00Z",
    "2026-11-23T08:00:00Z\n",
    "1795420800000000",
  ])("%j is no instant", (text) => {
    expect(fromRfc3339(text)).toBeNull();
  });

  test("reads back what it wrote", () => {
    fc.assert(
      fc.property(fc.integer({ min: -9_000_000_000_000_000, max: Number.MAX_SAFE_INTEGER }), (at) => {
        expect(fromRfc3339(toRfc3339(at))).toBe(at);
      }),
    );
  });
});

test("spans are said in at most two units", () => {
  expect(
    [0, 250, 1000, 1500, 59_990, 60_000, 90_000, 3_600_000, 5_400_000, 273_600_000].map(spanInWords),
  ).toEqual([
    "0 ms",
    "250 ms",
    "1 s",
    "1.5 s",
    "59.9 s",
    "1 min",
    "1 min 30 s",
    "1 h",
    "1 h 30 min",
    "3 d 4 h",
  ]);
});
