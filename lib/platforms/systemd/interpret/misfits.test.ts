import { describe, expect, it } from "vitest";
import { at, lifeB, Story } from "./testing/story";
import {
  activating,
  active,
  autoRestart,
  checked,
  deactivating,
  dead,
  failed,
  longActive,
  longStopped,
  never,
} from "./testing/unit-scenes";

/** Where reality does not fit the base machine: DOMAIN §6, by its numbers; captures in brackets. */
describe("where systemd does not fit the machine", () => {
  it("1: a process that ends by itself takes a running unit to Stopped, with no stop in between (23)", () => {
    const story = new Story().open("Running", longActive());
    story.until(5).says(dead(4, { activeExit: at(4), execMainCode: 1, execMainStatus: 0 }));
    expect(story.told).toEqual(["exited>Stopped"]);
    expect(story.causes).toEqual(["service: exited with code 0 by itself"]);
  });

  it("1: a SIGTERM from outside is no stop either, and nobody is claimed to have sent it (44)", () => {
    const story = new Story().open("Running", longActive());
    story.until(5).says(dead(4, { activeExit: at(4) }));
    expect(story.told).toEqual(["exited>Stopped"]);
    expect(story.causes).toEqual([
      "unknown: ended by SIGTERM (signal 15), not by a job: someone sent the signal or it ended itself",
    ]);
  });

  it("2: a start can be stopped on its way (08)", () => {
    const story = new Story().open("Stopped", never({ type: "notify" })).jobNew(1);
    story.says(checked(1, 1)).says(activating(2, { job: 1 }));
    story
      .until(500)
      .jobRemoved(1, "canceled")
      .says(activating(2, { job: 2 }))
      .jobNew(2);
    story.job(2, { type: "stop", state: "running" });
    story.says({ ...deactivating(501, { job: 2 }), activeExit: null });
    story
      .says(dead(502, { job: 2 }))
      .jobRemoved(2)
      .says(dead(502, { job: 0 }));
    expect(story.told).toEqual(["start>Starting", "stop>Stopping", "stopped successfully>Stopped"]);
  });

  it("3: a condition that is not met ends a start where it began (28)", () => {
    const story = new Story().open("Stopped", never()).jobNew(1);
    story.says(never({ job: 1, conditionAt: at(1), conditionResult: false })).jobRemoved(1);
    expect(story.told).toEqual(["start>Starting", "skipped>Stopped"]);
    expect(story.detail?.activity).toBe("condition not met");
    expect(story.last?.cause.detail).toBe("not started: a condition of it (Condition…=) is not met");
  });

  it("3: so do an ExecCondition (41), an assertion (29), and a dependency that failed (30)", () => {
    const story = new Story().open("Stopped", never()).jobNew(1).says(checked(1, 1));
    story.says(activating(2, { subState: "condition", job: 1 }));
    story.says(dead(3, { job: 1, result: "exec-condition", execMainCode: 0 })).jobRemoved(1);
    expect(story.told).toEqual(["start>Starting", "skipped>Stopped"]);
    for (const result of ["assert", "dependency"]) {
      const other = new Story().open("Stopped", never()).jobNew(1).until(5).jobRemoved(1, result);
      expect(other.told).toEqual(["start>Starting", "skipped>Stopped"]);
      expect(other.moves.map((move) => move.inferred)).toEqual([false, false]);
    }
  });

  it("3: a one-shot that has done its work was never running (25)", () => {
    const story = new Story().open("Stopped", never({ type: "oneshot" })).jobNew(1);
    story.says(checked(1, 1)).says(activating(2, { job: 1 }));
    story
      .until(500)
      .says(dead(499, { job: 1, execMainCode: 1, execMainStatus: 0 }))
      .jobRemoved(1);
    expect(story.told).toEqual(["start>Starting", "finished>Stopped"]);
    expect(story.last?.cause).toEqual({ kind: "service", detail: "finished: exited with code 0" });
  });

  it("4: a stop while it waits to be restarted takes Error to Stopped without a reset (16)", () => {
    const story = new Story().open("Running", longActive()).until(5);
    story.says(failed(4)).says(autoRestart(5));
    story
      .until(900)
      .says(autoRestart(5, { job: 7 }))
      .jobNew(7)
      .job(7, { type: "stop" });
    expect(story.told).toEqual(["runtime error>Error"]);
    story.says(dead(901, { job: 7 })).jobRemoved(7);
    expect(story.told).toEqual(["runtime error>Error", "stopped>Stopped"]);
    expect(story.last?.cause).toEqual({ kind: "host-operator", detail: "stopped by someone on the host" });
  });

  it("4: systemd itself takes Error to Starting (15)", () => {
    const story = new Story().open("Running", longActive()).until(5).says(failed(4)).says(autoRestart(5));
    story
      .until(3005)
      .says({ nRestarts: 1 })
      .says(autoRestart(5, { job: 7 }))
      .jobNew(7);
    story.says(
      dead(3006, { ...checked(3007, 7), invocation: lifeB, inactiveEnter: at(3006), stateChange: at(3006) }),
    );
    story
      .says(active(3008, { job: 7, invocation: lifeB }))
      .jobRemoved(7)
      .says(active(3008, { job: 0, invocation: lifeB }));
    expect(story.told).toEqual(["runtime error>Error", "restart>Starting"]);
    expect(story.last?.cause).toEqual({
      kind: "service-manager",
      detail: "automatic restart, attempt 1, after 3 s",
    });
  });

  it("5: a start given while it stops waits for the stop and takes its place (50)", () => {
    const story = new Story().open("Running", longActive({ type: "notify" }));
    story
      .jobNew(1)
      .job(1, { type: "stop" })
      .says(deactivating(1, { job: 1 }));
    story
      .until(300)
      .jobRemoved(1, "canceled")
      .says(deactivating(1, { job: 2 }))
      .jobNew(2);
    story.job(2, { type: "start", state: "waiting" });
    story
      .until(700)
      .says(dead(699, { job: 2 }))
      .says({ ...checked(701, 2), invocation: lifeB });
    story.says(activating(702, { job: 2, invocation: lifeB }));
    expect(story.told).toEqual(["stop>Stopping", "start>Starting"]);
  });

  it("6: a restart of what is still starting is told as seen, with no edge claimed (49)", () => {
    const story = new Story()
      .open("Stopped", never({ type: "notify" }))
      .jobNew(1)
      .says(checked(1, 1));
    story.says(activating(2, { job: 1 })).job(1, { type: "start", state: "running" });
    // The restart is merged into the job that is there: no JobNew, the same id.
    story.until(400).says({ ...deactivating(400, { job: 1 }), activeExit: null });
    story.says(dead(401, { job: 1 })).job(1, { state: "waiting" });
    story
      .says({ ...checked(402, 1), invocation: lifeB })
      .says(activating(403, { job: 1, invocation: lifeB }));
    expect(story.told).toEqual(["start>Starting", "?>Restarting", "restart initiated>Starting"]);
    expect(story.moves[1]?.declared).toBe(false);
  });

  it("7: a restart of what is stopped is a start (48)", () => {
    const story = new Story().open("Stopped", longStopped()).jobNew(1).job(1, { type: "restart" });
    story.says({ ...checked(1, 1), invocation: lifeB }).says(active(2, { job: 1, invocation: lifeB }));
    expect(story.told).toEqual(["start>Starting"]);
  });

  it("8: the watchdog's deactivating, under no job, is a failing and no stop (31)", () => {
    const story = new Story().open("Running", longActive()).until(5);
    story.says(deactivating(4, { subState: "stop-watchdog", result: "watchdog" }));
    expect(story.told).toEqual([]);
    expect(story.detail?.activity).toBe("failing: watchdog");
    story.until(20).says(failed(19, { result: "watchdog", activeExit: at(4) }));
    expect(story.told).toEqual(["runtime error>Error"]);
    expect(story.causes).toEqual(["service-manager: the watchdog got no sign of life in time and ended it"]);
  });
});
