import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { causeOf } from "../../platforms/process/causes";
import { causeOfAutomaticRestart } from "../../platforms/systemd/interpret/cause-of-asking";
import { crashCycle, everySeconds, minute, move, operatorRestart, second, timerRun } from "./examples";
import { judgeThrash } from "./judge";
import { recordOf, type ThrashMove } from "./record";
import { isAutomaticRestart } from "./unintended";

const limits = { errors: 3, withinMs: 600_000 };
const judge = (moves: readonly ThrashMove[], at: number, gaps: { from: number; to: number }[] = []) =>
  judgeThrash(recordOf(moves), at, limits, gaps);

describe("a crash loop", () => {
  it("is called so with the third unintended entry into Error within ten minutes, and not before", () => {
    const moves = everySeconds(3, 60).flatMap(crashCycle);
    expect(judge(moves.slice(0, 6), 150 * second).level).toBe("none");
    const verdict = judge(moves.slice(0, 7), 180 * second);
    expect(verdict).toMatchObject({ level: "crash-loop", since: 60 * second });
    expect(verdict.why).toBe(
      "It came into Error by itself 3 times within 2 min, the last time: exited with code 5.",
    );
  });

  it("is over after ten quiet minutes, and says when that will be", () => {
    const moves = everySeconds(3, 60).flatMap(crashCycle);
    const verdict = judge(moves, 183 * second);
    expect(verdict.changesInUs).toBe(180 * second + 10 * minute - 183 * second);
    expect(judge(moves, 180 * second + 10 * minute - 1).level).toBe("crash-loop");
    expect(judge(moves, 180 * second + 10 * minute).level).not.toBe("crash-loop");
  });

  it("goes on while one failure follows another within ten minutes, however slowly", () => {
    const moves = [60, 120, 180, 700, 1250, 1800].flatMap(crashCycle);
    expect(judge(moves, 1800 * second + 9 * minute)).toMatchObject({
      level: "crash-loop",
      since: 60 * second,
    });
  });

  it("is not over by a quiet that nobody saw", () => {
    const moves = everySeconds(3, 60).flatMap(crashCycle);
    const at = 180 * second + 12 * minute;
    const gap = { from: 190 * second, to: 190 * second + 5 * minute };
    expect(judge(moves, at, [gap]).level).toBe("crash-loop");
    expect(judge(moves, at + 3 * minute, [gap]).level).not.toBe("crash-loop");
  });

  it("a clean end that is always restarted automatically is one as well", () => {
    const cycles = everySeconds(3, 30).flatMap((at) => [
      move(at, "Running → Stopped", "service", "exited with code 0 by itself", "exited"),
      move(at + 2, "Stopped → Starting", "service-manager", "automatic restart, attempt 1", "start"),
    ]);
    const verdict = judge(cycles, 100 * second);
    expect(verdict.level).toBe("crash-loop");
    expect(verdict.why).toMatch(/^It was restarted automatically after it had ended 3 times within 1 min/);
  });

  it("a start limit that was hit is said as the fact it is", () => {
    const limit = "started too often in too short a time: the start limit was hit";
    const moves = [
      ...everySeconds(2, 5).flatMap(crashCycle),
      move(15, "Starting → Error", "service-manager", limit),
    ];
    expect(judge(moves, 16 * second).why).toBe(
      "It came into Error by itself 3 times within 10 s; the service manager has given up: the start limit was hit.",
    );
  });
});

describe("what somebody wanted is no thrash", () => {
  it.each(["operator", "host-operator"] as const)("ten restarts by the hand of an %s", (kind) => {
    const moves = everySeconds(10, 30).flatMap((at) => operatorRestart(at, kind));
    expect(judge(moves, 301 * second)).toMatchObject({ level: "none", score: 0 });
  });

  it("restarts whose stop fails each time: that is the stop's failure", () => {
    const moves = everySeconds(6, 60).flatMap((at) => [
      move(at, "Running → Restarting", "operator", "restarted by anna", "restart"),
      move(at + 1, "Restarting → Error", "service", "exited with code 143 when asked to stop", "stop failed"),
      move(at + 2, "Error → Starting", "operator", "restarted by anna", "restart"),
      move(at + 3, "Starting → Running", "operator", "restarted by anna: held for 1 s"),
    ]);
    expect(judge(moves, 400 * second)).toMatchObject({ level: "none", score: 0 });
  });

  it("an hourly one-shot, for two days", () => {
    const moves = everySeconds(48, 3_600).flatMap(timerRun);
    expect(judge(moves, 48 * 60 * minute)).toMatchObject({ level: "none", score: 0 });
  });

  it("a host that boots again and again, and Signalbox that ends and begins", () => {
    const moves = everySeconds(8, 120).flatMap((at) => [
      move(at, "Running → Stopping", "host", "stopped because the host shuts down", "stop"),
      move(at + 1, "Stopping → Stopped", "host", "stopped because the host shuts down"),
      move(at + 30, "Stopped → Starting", "host", "started while the host boots", "start"),
      move(at + 31, "Starting → Running", "host", "started while the host boots: held for 1 s"),
    ]);
    expect(judge(moves, 1_100 * second)).toMatchObject({ level: "none", score: 0 });
  });

  it("starts of a broken service do count: its failures are its own", () => {
    const moves = everySeconds(3, 60).flatMap((at) => [
      move(at, "Error → Starting", "operator", "restarted by anna", "restart"),
      move(
        at + 1,
        "Starting → Error",
        "service",
        "exited with code 4 before it was ready",
        "initialization failed",
      ),
    ]);
    expect(judge(moves, 190 * second).level).toBe("crash-loop");
  });
});

describe("a slow loop", () => {
  const hour = 3_600;
  const moves = everySeconds(5, 4 * hour).flatMap(crashCycle);

  it("is five failures in a day that are never three in ten minutes", () => {
    expect(judge(moves.slice(0, -3), 19 * hour * second).level).toBe("none");
    const verdict = judge(moves, 20 * hour * second);
    expect(verdict).toMatchObject({ level: "crash-loop", since: 4 * hour * second });
    expect(verdict.why).toMatch(
      /^It came into Error by itself 5 times within 16 h, too slowly for a crash loop/,
    );
  });

  it("is over when two of them are left in the last 24 hours", () => {
    const third = 12 * hour * second;
    const end = third + 24 * hour * second;
    expect(judge(moves, end - 1).level).toBe("crash-loop");
    expect(judge(moves, end).level).toBe("none");
    expect(judge(moves, end - 5 * second).changesInUs).toBe(5 * second);
  });

  it("does not count again what was a crash loop", () => {
    const burst = everySeconds(8, 20).flatMap(crashCycle);
    expect(judge(burst, 60 * minute).level).toBe("none");
  });
});

describe("flapping", () => {
  const flaps = (count: number, apart: number) =>
    everySeconds(count, apart).flatMap((at) => [
      move(at, "Running → Reconnecting", "network", "all connections lost", "connection lost"),
      move(at + 10, "Reconnecting → Connected", "network", "a connection is back", "reconnected"),
      move(at + 11, "Connected → Running", "network", "it held", "ready"),
    ]);
  const first = move(0, "Starting → Running", "operator");

  it("is a tunnel that loses and finds its connections, by Nagios' score", () => {
    const verdict = judge([first, ...flaps(4, 60)], 260 * second);
    expect(verdict.level).toBe("flapping");
    expect(verdict.score).toBeGreaterThanOrEqual(30);
    expect(verdict.why).toMatch(
      /flap score is [\d.]+ %; it flaps from 30 % until the score has fallen to 20 %/,
    );
  });

  it("wears off in quiet time, and not in time that nobody saw", () => {
    const moves = [first, ...flaps(4, 60)];
    expect(judge(moves, 260 * second + 110 * minute)).toMatchObject({ level: "none", score: 0 });
    const gap = { from: 260 * second, to: 260 * second + 110 * minute };
    expect(judge(moves, gap.to, [gap]).level).toBe("flapping");
  });

  it("is not what happens once a day, for weeks", () => {
    expect(judge([first, ...flaps(30, 86_400)], 31 * 86_400 * second)).toMatchObject({ level: "none" });
  });
});

it("hysteresis: without a new move a level only falls, and never comes back by itself", () => {
  const steps = fc.array(
    fc.tuple(fc.integer({ min: 1, max: 2_000 }), fc.constantFrom("crash", "restart", "run")),
    {
      maxLength: 40,
    },
  );
  const rank = { none: 0, flapping: 1, "crash-loop": 2 } as const;
  fc.assert(
    fc.property(steps, (told) => {
      let at = 0;
      const moves = told.flatMap(([wait, what]) => {
        at += wait;
        if (what === "crash") return crashCycle(at);
        return what === "restart" ? operatorRestart(at) : timerRun(at);
      });
      let before = 2;
      for (let later = 0; later < 60; later++) {
        const { level } = judge(moves, (at + 30) * second + later * 30 * minute);
        expect(rank[level]).toBeLessThanOrEqual(before);
        before = rank[level];
      }
    }),
  );
});

it("both platforms' words for an automatic restart are known", () => {
  const byProcess = causeOf({ tag: "automatic-restart", attempt: 3, max: null }, "restarted");
  const bySystemd = causeOfAutomaticRestart({}, 2);
  for (const { kind, detail } of [byProcess, bySystemd]) expect(isAutomaticRestart(kind, detail)).toBe(true);
  const byTimer = { kind: "service-manager", detail: "started by backup.timer" } as const;
  expect(isAutomaticRestart(byTimer.kind, byTimer.detail)).toBe(false);
});
