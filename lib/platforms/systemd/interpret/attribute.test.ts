import { describe, expect, it } from "vitest";
import { at, lifeA, lifeB, Story } from "./testing/story";
import { activating, checked, deactivating, failed, longActive, never } from "./testing/unit-scenes";

describe("what the live journal adds", () => {
  const exit = { messageId: "98e322203f7a4ed290d09fe03c09fe15" };

  it("is which command failed, where that was none of the main process", () => {
    const story = new Story()
      .open("Stopped", never({ type: "notify" }))
      .jobNew(1)
      .says(checked(1, 1))
      .says(activating(2, { job: 1, subState: "start-pre" }));
    story
      .says({ ...failed(3, { job: 1 }), activeExit: null, execMainCode: 0, execMainStatus: 0 })
      .jobRemoved(1, "failed");
    expect(story.last?.cause.detail).toBe("a start command failed (exit-code)");
    const entry = { ...exit, fields: { COMMAND: "ExecStartPre", EXIT_CODE: "exited", EXIT_STATUS: "3" } };
    story.until(200).journal(entry).journal(entry);
    expect(story.attributions).toEqual([
      { sourceKey: `${lifeA}/Error`, kind: "service", detail: "ExecStartPre exited with code 3" },
    ]);
  });

  it("is kept for the move that it explains, where it comes first", () => {
    const story = new Story()
      .open("Running", longActive())
      .jobNew(1)
      .job(1, { type: "stop" })
      .says(deactivating(1, { job: 1 }));
    story
      .until(200)
      .journal({ ...exit, fields: { COMMAND: "ExecStop", EXIT_CODE: "exited", EXIT_STATUS: "5" } });
    story
      .until(9000)
      .says(failed(8999, { job: 1, activeExit: at(1), execMainCode: 2, execMainStatus: 15 }))
      .jobRemoved(1);
    expect(story.last?.cause).toEqual({ kind: "service", detail: "ExecStop exited with code 5" });
    expect(story.attributions).toEqual([]);
  });

  it("is who sent the signal", () => {
    const story = new Story()
      .open("Running", longActive())
      .until(5)
      .says(failed(4, { result: "signal", execMainCode: 2, execMainStatus: 9 }));
    story
      .until(200)
      .journal({ message: "x.service: Sent signal SIGKILL to main process 42 (sleep) on client request." });
    expect(story.attributions).toEqual([
      {
        sourceKey: `${lifeA}/Error`,
        kind: "host-operator",
        detail:
          "killed by SIGKILL (signal 9): SIGKILL was sent on request of someone on the host (systemctl kill)",
      },
    ]);
  });

  it("is out of memory, and a program that could not be executed", () => {
    const story = new Story()
      .open("Running", longActive())
      .until(5)
      .says(failed(4, { result: "signal", execMainCode: 2, execMainStatus: 9 }));
    story.journal({
      messageId: "fe6faa94e7774663a0da52717891d8ef",
      message: "A process of this unit has been killed by the OOM killer.",
    });
    expect(story.attributions.at(-1)).toMatchObject({
      kind: "host",
      detail: "out of memory: the kernel killed a process of it",
    });
    const other = new Story()
      .open("Running", longActive())
      .until(5)
      .says(failed(4, { execMainStatus: 203 }));
    other.journal({
      messageId: "641257651c1b4ec9a8624d7a40a9e1e7",
      message: "x.service: Failed at step EXEC spawning /opt/x: No such file or directory",
      fields: { EXECUTABLE: "/opt/x" },
      pid: 4711,
    });
    expect(other.attributions.at(-1)).toMatchObject({
      detail: "/opt/x could not be executed: No such file or directory",
    });
  });

  it("is that a stop was the first half of a restart after all", () => {
    const story = new Story()
      .open("Running", longActive())
      .jobNew(3)
      .says(deactivating(1, { job: 3 }))
      .until(600);
    expect(story.told).toEqual(["stop>Stopping"]);
    story.journal({ messageId: "9d1aaa27d60140bd96365438aad20286", fields: { JOB_TYPE: "restart" } });
    expect(story.attributions).toEqual([
      { sourceKey: `${lifeA}/Stopping`, kind: "host-operator", detail: "restarted by someone on the host" },
    ]);
  });

  it("is believed of systemd alone, and of the life that it is about", () => {
    const story = new Story().open("Running", longActive()).until(5).says(failed(4));
    story.journal({ message: "x.service: Start request repeated too quickly.", pid: 4711 });
    story.journal({ message: "x.service: Start request repeated too quickly.", invocation: lifeB });
    story.journal({
      message: "x.service: Failed with result 'exit-code'.",
      messageId: "d9b373ed55a64feb8242e02dbe79a49c",
    });
    expect(story.attributions).toEqual([]);
  });
});
