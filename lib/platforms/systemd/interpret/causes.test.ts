import { describe, expect, it } from "vitest";
import { lifeA, lifeB, Story } from "./testing/story";
import { active, checked, deactivating, dead, failed, longActive, longStopped } from "./testing/unit-scenes";

describe("a job that nobody asked Signalbox for", () => {
  const stop = (story: Story, together: readonly string[] = []) =>
    story
      .jobNew(8, together)
      .job(8, { type: "stop" })
      .says(deactivating(1, { job: 8 })).last?.cause;
  const start = (story: Story, properties: object = {}, together: readonly string[] = []) =>
    story
      .jobNew(8, together)
      .says({ ...checked(1, 8), invocation: lifeB, ...properties })
      .says(active(2, { job: 8, invocation: lifeB })).last?.cause;

  it("is someone's on the host", () => {
    expect(stop(new Story().open("Running", longActive()))).toEqual({
      kind: "host-operator",
      detail: "stopped by someone on the host",
    });
    expect(start(new Story().open("Stopped", longStopped()))).toEqual({
      kind: "host-operator",
      detail: "started by someone on the host",
    });
  });

  it("is a dependency's where a unit that it is bound to was given one in the same breath", () => {
    const bound = new Story().open("Running", longActive({ boundTo: ["db.service", "net.target"] }));
    expect(stop(bound, ["db.service", "other.service"])).toEqual({
      kind: "service-manager",
      detail: "stopped together with db.service",
    });
    const pulled = new Story().open("Stopped", longStopped({ pulledInBy: ["web.service"] }));
    expect(start(pulled, {}, ["web.service"])).toEqual({
      kind: "service-manager",
      detail: "started together with web.service",
    });
    expect(
      stop(new Story().open("Running", longActive({ boundTo: ["db.service"] })), ["x.service"])?.kind,
    ).toBe("host-operator");
  });

  it("is the timer's, socket's or path's that triggered it", () => {
    const story = new Story().open(
      "Stopped",
      longStopped({ triggeredBy: ["x.timer"], activationDetails: [] }),
    );
    expect(start(story, { activationDetails: [["trigger_unit", "x.timer"]] })).toEqual({
      kind: "service-manager",
      detail: "started by x.timer",
    });
    const byHand = new Story().open(
      "Stopped",
      longStopped({ triggeredBy: ["x.timer"], activationDetails: [] }),
    );
    expect(start(byHand)?.kind).toBe("host-operator");
    const older = new Story().open("Stopped", longStopped({ triggeredBy: ["x.timer"] }));
    expect(start(older)).toEqual({
      kind: "unknown",
      detail: "started by x.timer, or by someone on the host: systemd does not say which",
    });
  });

  it("is the host's while it boots or shuts down", () => {
    expect(start(new Story().open("Stopped", longStopped()).manager("starting"))).toEqual({
      kind: "host",
      detail: "started while the host boots",
    });
    expect(stop(new Story().open("Running", longActive()).manager("stopping"))).toEqual({
      kind: "host",
      detail: "stopped because the host shuts down",
    });
    expect(stop(new Story().open("Running", longActive()).manager("starting").manager("running"))?.kind).toBe(
      "host-operator",
    );
  });
});

describe("an end by itself", () => {
  it.each([
    [{ result: "exit-code", execMainCode: 1, execMainStatus: 3 }, "service", "exited with code 3"],
    [{ result: "signal", execMainCode: 2, execMainStatus: 11 }, "service", "killed by SIGSEGV (signal 11)"],
    [{ result: "signal", execMainCode: 2, execMainStatus: 40 }, "service", "killed by signal 40"],
    [
      { result: "core-dump", execMainCode: 3, execMainStatus: 6 },
      "service",
      "killed by SIGABRT (signal 6), core dumped",
    ],
    [
      { result: "oom-kill", execMainCode: 2, execMainStatus: 9 },
      "host",
      "out of memory: a process of it was killed",
    ],
    [
      { result: "watchdog", execMainCode: 2, execMainStatus: 6 },
      "service-manager",
      "the watchdog got no sign of life in time and ended it",
    ],
    [
      { result: "timeout", execMainCode: 2, execMainStatus: 15 },
      "service-manager",
      "its time limit (such as RuntimeMaxSec=) was over, and it was ended",
    ],
    [
      { result: "protocol", execMainCode: 1, execMainStatus: 0 },
      "service",
      "exited with code 0: not what its Type= asks for (protocol)",
    ],
    [
      { result: "start-limit-hit", execMainCode: 0 },
      "service-manager",
      "started too often in too short a time: the start limit was hit",
    ],
    [
      { result: "from-the-future", execMainCode: 1, execMainStatus: 1 },
      "unknown",
      'failed with the result "from-the-future" (exited with code 1)',
    ],
  ])("with %o is told as it was", (end, kind, detail) => {
    const story = new Story().open("Running", longActive()).until(5).says(failed(4, end));
    expect(story.last?.cause).toEqual({ kind, detail });
  });

  it("has the properties that show it as evidence", () => {
    const story = new Story().open("Running", longActive()).until(5).says(failed(4));
    expect(story.last?.evidence).toEqual({
      activeState: "failed",
      subState: "failed",
      result: "exit-code",
      job: 0,
      execMainCode: 1,
      execMainStatus: 3,
      invocation: lifeA,
      nRestarts: 0,
    });
  });

  it("that is followed by stop commands is Stopping, of its own doing", () => {
    const story = new Story().open("Running", longActive()).until(5);
    story.says(deactivating(4, { subState: "stop-post", execMainCode: 1, execMainStatus: 0 }));
    story.says(dead(6, { execMainCode: 1, execMainStatus: 0 }));
    expect(story.told).toEqual(["stop>Stopping", "stopped successfully>Stopped"]);
    expect(story.causes).toEqual([
      "service: exited with code 0 by itself; its stop commands run",
      "service: exited with code 0 by itself",
    ]);
  });
});
