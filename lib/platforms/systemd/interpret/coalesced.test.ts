import { describe, expect, it } from "vitest";
import { at, lifeA, lifeB, Story } from "./testing/story";
import {
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

describe("a job that could be a stop or a restart", () => {
  const leaving = () =>
    new Story()
      .open("Running", longActive())
      .says(longActive({ job: 3 }))
      .jobNew(3)
      .says(deactivating(1, { job: 3 }));

  it("is waited for, for a quarter of a second", () => {
    const story = leaving();
    expect(story.told).toEqual([]);
    expect(story.wakeAt).toBe(at(250).monotonic);
    expect(story.until(249).told).toEqual([]);
    expect(story.until(250).told).toEqual(["stop>Stopping"]);
    expect(story.last).toMatchObject({ at: at(1).at, inferred: false });
    expect(story.wakeAt).toBeNull();
  });

  it("is a restart as soon as its type says so", () => {
    const story = leaving().job(3, { type: "restart", state: "running" });
    expect(story.told).toEqual(["restart>Restarting"]);
  });

  it("is a restart if it names a new invocation, and never waited", () => {
    const story = leaving()
      .says(dead(2, { job: 3 }))
      .says({ ...checked(4, 3), invocation: lifeB });
    story.says(active(5, { job: 3, invocation: lifeB }));
    expect(story.told).toEqual(["restart>~Restarting", "restart initiated>Starting"]);
  });

  it("is a stop if it is over with the unit down", () => {
    const story = leaving()
      .says(dead(2, { job: 3 }))
      .jobRemoved(3);
    expect(story.told).toEqual(["stop>Stopping", "stopped successfully>Stopped"]);
  });

  it("that was taken for a stop and was a restart goes on to Starting", () => {
    const story = leaving()
      .until(900)
      .says(dead(899, { job: 3 }))
      .job(3, { state: "waiting" });
    story.says({ ...checked(901, 3), invocation: lifeB }).says(active(902, { job: 3, invocation: lifeB }));
    expect(story.told).toEqual(["stop>Stopping", "start>Starting"]);
  });

  it("that fails to stop is not held for longer than its job", () => {
    const story = leaving().says(failed(2, { job: 3, activeExit: at(1) }));
    expect(story.told).toEqual([]);
    story.jobRemoved(3, "done");
    expect(story.told).toEqual(["stop>Stopping", "stop failed>Error"]);
  });

  it("is a restart although the stop in it fails: Error, and then Starting", () => {
    const story = leaving()
      .job(3, { type: "restart" })
      .says(failed(2, { job: 3, activeExit: at(1) }));
    expect(story.told).toEqual(["restart>Restarting", "stop failed>Error"]);
    story
      .job(3, { state: "waiting" })
      .says({ activeState: "failed", job: 3, conditionAt: at(3), invocation: lifeB });
    story.says(active(4, { job: 3, invocation: lifeB }));
    expect(story.told).toEqual(["restart>Restarting", "stop failed>Error", "restart>Starting"]);
  });

  it("of a restart that is given up after the stop ends Stopped, with no edge claimed", () => {
    const story = leaving()
      .job(3, { type: "restart" })
      .says(dead(2, { job: 3 }))
      .jobRemoved(3, "canceled");
    expect(story.told).toEqual(["restart>Restarting", "?>Stopped"]);
  });
});

describe("what was coalesced away", () => {
  it("is a restart where one job spans two invocations", () => {
    const story = new Story().open("Running", longActive()).jobNew(3).until(50);
    story.says(
      active(49, {
        job: 3,
        invocation: lifeB,
        conditionAt: at(48),
        activeExit: at(40),
        inactiveEnter: at(45),
      }),
    );
    expect(story.told).toEqual(["restart>~Restarting", "restart initiated>Starting"]);
    expect(story.moves.map((move) => move.at)).toEqual([at(40).at, at(49).at]);
    expect(story.moves.map((move) => move.sourceKey)).toEqual([`${lifeA}/Restarting`, `${lifeB}/Starting`]);
  });

  it("is a failure where systemd counted an automatic restart", () => {
    const story = new Story().open("Running", longActive({ restartUs: 100_000 })).until(50);
    story.says(
      active(49, {
        nRestarts: 1,
        invocation: lifeB,
        conditionAt: at(48),
        activeExit: at(40),
        inactiveEnter: at(40),
      }),
    );
    expect(story.told).toEqual(["runtime error>~Error", "restart>Starting"]);
    expect(story.last?.cause.detail).toBe("automatic restart, attempt 1, after 100 ms");
  });

  it("is left open where nothing tells how the life before ended", () => {
    const story = new Story().open("Running", longActive()).until(50);
    story.says(active(49, { invocation: lifeB, conditionAt: at(48) }));
    expect(story.told).toEqual(["?>Starting"]);
    expect(story.last).toMatchObject({ declared: false, cause: { kind: "unknown" } });
  });

  it("is a start where a whole life was over before it was seen", () => {
    const story = new Story().open("Stopped", longStopped()).jobNew(3).until(50);
    story.says(
      failed(49, {
        job: 3,
        invocation: lifeB,
        conditionAt: at(47),
        inactiveExit: at(48),
        activeEnter: at(48),
      }),
    );
    expect(story.told).toEqual(["start>~Starting", "initialization failed>Error"]);
    expect(story.moves.map((move) => move.at)).toEqual([at(48).at, at(49).at]);
  });

  it("is the failure before an automatic restart", () => {
    const story = new Story().open("Running", longActive()).until(50);
    story.says({ ...failed(40), ...autoRestart(41) });
    expect(story.told).toEqual(["runtime error>Error"]);
    expect(story.last?.at).toBe(at(40).at);
    expect(story.detail?.activity).toBe("restarts by itself in 3 s, attempt 1");
  });
});

describe("automatic restarts", () => {
  it("after a clean end are Stopped while they wait, not Error (24)", () => {
    const story = new Story().open("Running", longActive()).until(5);
    story.says(dead(4, { execMainCode: 1, execMainStatus: 0, activeExit: at(4) })).says(autoRestart(5));
    expect(story.told).toEqual(["exited>Stopped"]);
    expect(story.detail?.activity).toBe("starts by itself in 3 s");
    story
      .until(3005)
      .says({ nRestarts: 1 })
      .says(autoRestart(5, { job: 7 }))
      .jobNew(7);
    story.says({ ...checked(3006, 7), invocation: lifeB }).says(active(3007, { job: 7, invocation: lifeB }));
    expect(story.told).toEqual(["exited>Stopped", "start>Starting"]);
    expect(story.last?.cause.kind).toBe("service-manager");
  });

  it.each(["auto-restart-queued", "auto-restart"])(
    "of a later systemd are known by SubState %s",
    (subState) => {
      const story = new Story()
        .open("Running", longActive())
        .until(5)
        .says(failed(4))
        .says(autoRestart(5, { subState }));
      expect(story.told).toEqual(["runtime error>Error"]);
    },
  );

  it.each([
    ["inactive", "dead-before-auto-restart", "exited>Stopped", "success"],
    ["failed", "failed-before-auto-restart", "runtime error>Error", "exit-code"],
    ["inactive", "dead-resources-pinned", "exited>Stopped", "success"],
  ])("%s/%s of a later systemd falls back to ActiveState", (activeState, subState, told, result) => {
    const story = new Story().open("Running", longActive()).until(5);
    story.says({ ...dead(4, { activeExit: at(4) }), activeState, subState, result });
    expect(story.told).toEqual([told]);
  });

  it.each(["reload-signal", "reload-notify", "from-the-future"])("SubState %s moves nothing", (subState) => {
    const story = new Story().open("Running", longActive());
    story.says({ activeState: "reloading", subState, stateChange: at(1) });
    story.says({ activeState: "a-new-one", subState, stateChange: at(2) });
    expect(story.told).toEqual([]);
  });
});

describe("a start that is queued", () => {
  it("is Starting a quarter of a second after its job came, as of the job (43)", () => {
    const story = new Story().open("Stopped", never()).until(10).jobNew(1);
    story.until(259);
    expect(story.told).toEqual([]);
    story.until(260);
    expect(story.told).toEqual(["start>Starting"]);
    expect(story.last).toMatchObject({ at: at(10).at, sourceKey: `${"f".repeat(32)}/${at(10).at}/Starting` });
    expect(story.detail?.activity).toBe("queued: waits for another unit's job");
    story
      .until(1700)
      .says(checked(1690, 1))
      .says(active(1691, { job: 1 }))
      .jobRemoved(1)
      .until(4000);
    expect(story.told).toEqual(["start>Starting", "initialized successfully>Running"]);
    expect(story.last?.sourceKey).toBe(`${lifeA}/Running`);
    expect(story.detail?.activity).toBeNull();
  });

  it("that is taken back ends where it began", () => {
    const story = new Story().open("Stopped", never()).jobNew(1).until(1000).jobRemoved(1, "canceled");
    expect(story.told).toEqual(["start>Starting", "?>Stopped"]);
    expect(story.last?.cause.detail).toBe("the start was taken back before it began");
  });

  it("is none where the job is a stop of what is stopped (47)", () => {
    const story = new Story()
      .open("Stopped", longStopped())
      .jobNew(1)
      .job(1, { type: "stop" })
      .until(400)
      .jobRemoved(1);
    expect(story.told).toEqual([]);
  });

  it("is none where a start finds the unit active (46)", () => {
    const story = new Story()
      .open("Running", longActive())
      .says(longActive({ job: 1 }))
      .jobNew(1)
      .jobRemoved(1);
    story.says(longActive()).until(5000);
    expect(story.told).toEqual([]);
    // That job has done its part: it is no stop of what ends by itself later.
    story.says(dead(4999, { activeExit: at(4999), execMainCode: 1, execMainStatus: 0 }));
    expect(story.told).toEqual(["exited>Stopped"]);
  });
});
