import { describe, expect, it } from "vitest";
import { at, lifeA, lifeB, Story } from "./testing/story";
import {
  active,
  checked,
  deactivating,
  dead,
  failed,
  longActive,
  longFailed,
  longStopped,
} from "./testing/unit-scenes";

const anna = { kind: "operator", actor: "anna" };

describe("what Signalbox asked for", () => {
  it("has the operator and the command as its cause, and so have the consequences (start, stop)", () => {
    const story = new Story()
      .open("Stopped", longStopped())
      .commanded("start")
      .answered("start", 5)
      .jobNew(5);
    story
      .says({ ...checked(1, 5), invocation: lifeB })
      .says(active(2, { job: 5, invocation: lifeB }))
      .jobRemoved(5)
      .until(2000);
    story.says({ job: 0, ...active(2, { invocation: lifeB }) });
    story
      .commanded("stop")
      .jobNew(6)
      .answered("stop", 6)
      .says(deactivating(2001, { job: 6 }))
      .says(dead(2002, { job: 6 }))
      .jobRemoved(6);
    expect(story.moves.map(({ to, cause }) => ({ to, ...cause }))).toEqual([
      { to: "Starting", ...anna, commandId: "c-start", detail: "started by anna" },
      {
        to: "Running",
        ...anna,
        commandId: "c-start",
        detail: "started by anna: the process has stayed up for 1 s",
      },
      { to: "Stopping", ...anna, commandId: "c-stop", detail: "stopped by anna" },
      {
        to: "Stopped",
        ...anna,
        commandId: "c-stop",
        detail: "stopped by anna: killed by SIGTERM (signal 15)",
      },
    ]);
    expect(story.attributions).toEqual([]);
  });

  it("is a restart at once, with no need to wait for the job to show it", () => {
    const story = new Story().open("Running", longActive()).commanded("restart").answered("restart", 5);
    story.jobNew(5).says(deactivating(1, { job: 5 }));
    expect(story.told).toEqual(["restart>Restarting"]);
    story
      .says(dead(2, { job: 5 }))
      .says({ ...checked(3, 5), invocation: lifeB })
      .says(active(4, { job: 5, invocation: lifeB }));
    expect(story.last?.cause).toEqual({ ...anna, commandId: "c-restart", detail: "restarted by anna" });
  });

  it("is named in what failed of it, whose cause is the service's own", () => {
    const story = new Story().open("Running", longActive()).commanded("stop").answered("stop", 5).jobNew(5);
    story
      .says(deactivating(1, { job: 5 }))
      .says(failed(2, { job: 5, activeExit: at(1), execMainStatus: 143 }))
      .jobRemoved(5);
    expect(story.last?.cause).toEqual({
      kind: "service",
      commandId: "c-stop",
      detail: "exited with code 143 when asked to stop",
    });
  });

  it("is a reset, which needs no job", () => {
    const story = new Story().open("Error", longFailed()).commanded("reset").answered("reset", null);
    story.says({ activeState: "inactive", subState: "dead", result: "success", stateChange: at(2) });
    expect(story.told).toEqual(["reset>Stopped"]);
    expect(story.last?.cause).toEqual({ ...anna, commandId: "c-reset", detail: "reset by anna" });
  });

  it("is not what was refused", () => {
    const story = new Story()
      .open("Running", longActive())
      .commanded("stop")
      .answered("stop", null, "Access denied");
    story
      .jobNew(9)
      .job(9, { type: "stop" })
      .says(deactivating(1, { job: 9 }));
    expect(story.last?.cause).toEqual({ kind: "host-operator", detail: "stopped by someone on the host" });
  });

  it("is believed of the next job until systemd says which one it is, and put right then", () => {
    const story = new Story().open("Running", longActive()).commanded("stop").jobNew(8);
    story.job(8, { type: "stop" }).says(deactivating(1, { job: 8 }));
    expect(story.last?.cause).toMatchObject(anna);
    story.answered("stop", 9);
    expect(story.attributions).toEqual([
      { sourceKey: `${lifeA}/Stopping`, kind: "host-operator", detail: "stopped by someone on the host" },
    ]);
  });

  it("is told afterwards where the answer came after the move", () => {
    const story = new Story()
      .open("Running", longActive())
      .jobNew(8)
      .job(8, { type: "stop" })
      .says(deactivating(1, { job: 8 }));
    story.commanded("stop").answered("stop", 8);
    expect(story.attributions).toEqual([
      { sourceKey: `${lifeA}/Stopping`, kind: "operator", detail: "stopped by anna" },
    ]);
  });
});
