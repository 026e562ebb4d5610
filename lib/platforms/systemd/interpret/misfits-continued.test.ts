import { describe, expect, it } from "vitest";
import { at, lifeA, lifeB, Story } from "./testing/story";
import {
  activating,
  active,
  autoRestart,
  checked,
  deactivating,
  dead,
  failed,
  longActive,
  longFailed,
  never,
} from "./testing/unit-scenes";

/** Where reality does not fit the base machine, from its ninth point on: DOMAIN §6. */
describe("where systemd does not fit the machine, continued", () => {
  it.each([
    [
      "a SIGTERM that is not heard (22)",
      { result: "timeout", execMainCode: 2, execMainStatus: 9 },
      "service-manager",
    ],
    ["an ExecStop that fails (36)", { result: "exit-code", execMainCode: 2, execMainStatus: 15 }, "service"],
    ["a JVM's 143 (37)", { result: "exit-code", execMainCode: 1, execMainStatus: 143 }, "service"],
  ])("9: %s is a stop that failed, although the job says done", (_, end, kind) => {
    const story = new Story().open("Running", longActive()).jobNew(1).job(1, { type: "stop" });
    story.says(deactivating(1, { job: 1 })).until(3000);
    story.says(failed(2999, { job: 1, activeExit: at(1), ...end })).jobRemoved(1, "done");
    expect(story.told).toEqual(["stop>Stopping", "stop failed>Error"]);
    expect(story.last?.cause.kind).toBe(kind);
  });

  it("10: an automatic start that is refused shows, although Result keeps its old value (21, 51)", () => {
    const story = new Story().open("Running", longActive()).until(5).says(failed(4)).says(autoRestart(5));
    story
      .until(3005)
      .says({ nRestarts: 1 })
      .says(autoRestart(5, { job: 7 }))
      .jobNew(7);
    story.says({ ...dead(3006, { job: 7 }), execMainCode: 1, execMainStatus: 3 });
    story
      .says({ ...failed(3006, { job: 7 }), stateChange: at(3007), activeExit: at(4) })
      .jobRemoved(7, "failed");
    expect(story.told).toEqual(["runtime error>Error", "restart>Starting", "initialization failed>Error"]);
    expect(story.last?.cause.kind).toBe("service-manager");
    story.until(3200).journal({ message: "x.service: Start request repeated too quickly." });
    expect(story.attributions).toEqual([
      {
        sourceKey: `${lifeA}/Error#2`,
        kind: "service-manager",
        detail: "started too often in too short a time: the start limit was hit",
      },
    ]);
  });

  it("11: a start job that was cancelled proves nothing: the unit goes on to be Running (53)", () => {
    const story = new Story()
      .open("Stopped", never({ type: "notify" }))
      .jobNew(1)
      .says(checked(1, 1));
    story
      .says(activating(2, { job: 1 }))
      .until(400)
      .jobRemoved(1, "canceled")
      .says(activating(2, { job: 0 }));
    expect(story.told).toEqual(["start>Starting"]);
    story.until(900).says(active(899, { inactiveExit: at(2) }));
    expect(story.told).toEqual(["start>Starting", "initialized successfully>Running"]);
  });

  it("12: a reset is seen here, where the journal has nothing of it (18)", () => {
    const story = new Story().open("Error", longFailed()).until(5);
    story.says({ activeState: "inactive", subState: "dead", result: "success", stateChange: at(4) });
    expect(story.told).toEqual(["reset>Stopped"]);
    expect(story.last?.at).toBe(at(4).at);
    expect(story.causes).toEqual(["host-operator: reset by someone on the host (reset-failed)"]);
  });

  it("13: a reload is an activity and no state (02)", () => {
    const story = new Story()
      .open("Running", longActive())
      .says(longActive({ job: 3 }))
      .jobNew(3);
    story.says({ activeState: "reloading", subState: "reload", stateChange: at(1) });
    expect(story.detail?.activity).toBe("reloading");
    story
      .until(500)
      .says({ activeState: "active", subState: "running", stateChange: at(499) })
      .jobRemoved(3);
    expect(story.told).toEqual([]);
    expect(story.detail?.activity).toBeNull();
  });

  it("14: the inactive in the middle of a restart is not Stopped (03)", () => {
    const story = new Story()
      .open("Running", longActive())
      .says(longActive({ job: 3 }))
      .jobNew(3);
    story
      .says(deactivating(1, { job: 3 }))
      .job(3, { state: "running" })
      .says(dead(2, { job: 3 }));
    story.job(3, { state: "waiting" });
    expect(story.told).toEqual(["restart>Restarting"]);
    story.says({ ...checked(4, 3), invocation: lifeB }).says(active(5, { job: 3, invocation: lifeB }));
    expect(story.told).toEqual(["restart>Restarting", "restart initiated>Starting"]);
    expect(story.moves.map((move) => move.sourceKey)).toEqual([`${lifeA}/Restarting`, `${lifeB}/Starting`]);
  });

  it("15: after a daemon-reload or -reexec the same is found again, and nothing has moved (39, 54, 55)", () => {
    const story = new Story().open("Running", longActive()).until(500);
    story
      .look(longActive({ stateChange: at(499) }))
      .until(900)
      .look(longActive());
    expect(story.told).toEqual([]);
  });

  it.each([
    ["masked", { loadState: "masked" }],
    ["not-found", { loadState: "not-found" }],
    ["masked", { unitFileState: "masked" }],
  ])("16: what is %s while it runs runs on, and its stop is an ordinary one (57, 58)", (load, told) => {
    const story = new Story().open("Running", longActive(told));
    expect(story.detail?.load).toBe(load);
    expect(story.detail?.process.state).toBe("active/running");
    story
      .jobNew(1)
      .job(1, { type: "stop" })
      .says(deactivating(1, { job: 1 }))
      .says(dead(2, { job: 1 }));
    story.jobRemoved(1);
    expect(story.told).toEqual(["stop>Stopping", "stopped successfully>Stopped"]);
  });

  it("17: systemd's active is Running, and says of the application's health only that it was not asked", () => {
    const story = new Story().open("Running", longActive());
    expect(story.detail?.health).toEqual({ status: "unknown", detail: "no health check" });
  });

  it("18: a start that times out is an initialization that failed, not a stop (14)", () => {
    const story = new Story();
    story
      .open("Stopped", never({ type: "notify", timeoutStartUs: 15_000_000 }))
      .jobNew(1)
      .says(checked(1, 1));
    story.says(activating(2, { job: 1 })).until(15_002);
    story.says({ ...deactivating(15_001, { job: 1, result: "timeout" }), activeExit: null });
    story.until(40_000);
    expect(story.told).toEqual(["start>Starting"]);
    expect(story.detail?.activity).toBe("failing: timeout");
    story
      .says({ ...failed(39_999, { job: 1, result: "timeout" }), activeExit: null })
      .jobRemoved(1, "failed");
    expect(story.told).toEqual(["start>Starting", "initialization failed>Error"]);
    expect(story.last?.cause.detail).toBe("the start timed out: not ready within 15 s");
  });

  it("19: what a reboot left is found as it is; how it came there is not claimed", () => {
    const story = new Story().open("Running", never(), { since: -90_000 });
    expect(story.told).toEqual(["?>Stopped"]);
    expect(story.last).toMatchObject({ declared: false, source: "snapshot", cause: { kind: "unknown" } });
    expect(story.last?.at).toBe(at(0).at);
  });

  it("20: only the host's own instants are compared with each other", () => {
    const hours = 3 * 3_600_000;
    const story = new Story().open("Running", longActive());
    // Ours is three hours ahead of the host's, which nobody has told us.
    story.ms = hours;
    story
      .jobNew(1)
      .job(1, { type: "stop" })
      .says(deactivating(1, { job: 1 }))
      .says(dead(2, { job: 1 }));
    story.jobRemoved(1);
    expect(story.moves.map((move) => move.at)).toEqual([at(1).at, at(2).at]);
    expect(story.moves.map((move) => move.monotonic)).toEqual([at(1).monotonic, at(2).monotonic]);
  });
});
