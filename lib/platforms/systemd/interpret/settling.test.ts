import { describe, expect, it } from "vitest";
import { at, lifeB, Story } from "./testing/story";
import {
  activating,
  active,
  checked,
  deactivating,
  dead,
  failed,
  longActive,
  longFailed,
  longStopped,
  never,
} from "./testing/unit-scenes";

const begun = (type: string) => new Story().open("Stopped", never({ type })).jobNew(1).says(checked(1, 1));

describe("a unit of which nothing but the fork says that it is ready", () => {
  it.each(["simple", "idle", "forking"])("of Type=%s is Starting until it has held", (type) => {
    const story = begun(type)
      .until(3)
      .says(active(2, { job: 1 }))
      .jobRemoved(1);
    expect(story.told).toEqual(["start>Starting"]);
    story.until(1001);
    expect(story.told).toEqual(["start>Starting"]);
    story.until(1002);
    expect(story.told).toEqual(["start>Starting", "initialized successfully>Running"]);
    expect(story.wakeAt).toBeNull();
  });

  it("is dated where systemd made it active, not where it was believed", () => {
    const story = begun("forking")
      .says(activating(2, { job: 1 }))
      .until(400);
    story.says(active(399, { inactiveExit: at(2), job: 1 })).until(5000);
    expect(story.moves.map((move) => move.at)).toEqual([at(2).at, at(399).at]);
    expect(story.moves.map((move) => move.monotonic)).toEqual([at(2).monotonic, at(399).monotonic]);
    expect(story.last?.observedAt).toBe(at(1399).at);
  });

  it("fails its initialization if it ends before that (10)", () => {
    const story = begun("simple")
      .says(active(2, { job: 1 }))
      .jobRemoved(1)
      .until(700)
      .says(failed(699, { job: 0 }));
    expect(story.until(5000).told).toEqual(["start>Starting", "initialization failed>Error"]);
    expect(story.last?.cause.detail).toBe("exited with code 3 before it was ready");
  });

  it("was Running, though nobody looked in the moment when it settled", () => {
    const story = begun("simple")
      .says(active(2, { job: 1 }))
      .jobRemoved(1);
    // The tick was late: the signal of its end came first.
    story.ms = 1100;
    story.says(failed(1050, { job: 0 }));
    expect(story.told).toEqual(["start>Starting", "initialized successfully>Running", "runtime error>Error"]);
    expect(story.moves.map((move) => move.at)).toEqual([at(2).at, at(2).at, at(1050).at]);
  });

  it("settles in the time that its service is given", () => {
    const story = new Story(0)
      .open("Stopped", never())
      .jobNew(1)
      .says(checked(1, 1))
      .says(active(2, { job: 1 }));
    expect(story.told).toEqual(["start>Starting", "initialized successfully>Running"]);
  });

  it("that is asked to stop meanwhile is stopped while it starts", () => {
    const story = begun("simple")
      .says(active(2, { job: 1 }))
      .jobRemoved(1)
      .until(300);
    story
      .jobNew(2)
      .job(2, { type: "stop" })
      .says(deactivating(299, { job: 2 }))
      .says(dead(301, { job: 2 }))
      .jobRemoved(2);
    expect(story.until(5000).told).toEqual([
      "start>Starting",
      "stop>Stopping",
      "stopped successfully>Stopped",
    ]);
  });
});

describe("a unit that says when it is ready", () => {
  it.each(["notify", "exec", "dbus", "oneshot"])("of Type=%s is Running at once", (type) => {
    const story = begun(type)
      .says(activating(2, { job: 1 }))
      .until(400)
      .says(active(399, { inactiveExit: at(2), job: 1 }));
    expect(story.told).toEqual(["start>Starting", "initialized successfully>Running"]);
    expect(story.wakeAt).toBeNull();
  });

  it("was Starting before, although activating was coalesced away", () => {
    const story = begun("notify")
      .until(200)
      .says(active(199, { inactiveExit: at(2), job: 1 }));
    expect(story.told).toEqual(["start>~Starting", "initialized successfully>Running"]);
    expect(story.moves.map((move) => move.at)).toEqual([at(2).at, at(199).at]);
  });

  it("is Starting since its conditions were checked, where its process takes long to be made", () => {
    const story = begun("notify").until(400);
    expect(story.told).toEqual(["start>Starting"]);
    expect(story.last).toMatchObject({ at: at(1).at, sourceKey: `${"a".repeat(32)}/Starting` });
  });

  it("whose Type is not known settles unless it was seen activating", () => {
    const unknown = never();
    delete (unknown as { type?: string }).type;
    const story = new Story()
      .open("Stopped", unknown)
      .jobNew(1)
      .says(checked(1, 1))
      .says(active(2, { job: 1 }));
    expect(story.told).toEqual(["start>Starting"]);
    const other = new Story().open("Stopped", unknown).jobNew(1).says(checked(1, 1));
    other.says(activating(2, { job: 1 })).says(active(3, { inactiveExit: at(2), job: 1 }));
    expect(other.told).toEqual(["start>Starting", "initialized successfully>Running"]);
  });

  it("is completed, and Running, where a one-shot is kept after its end (26)", () => {
    const story = begun("oneshot")
      .says(activating(2, { job: 1 }))
      .until(400);
    story.says(active(399, { subState: "exited", inactiveExit: at(2), mainPid: 0, execMainCode: 1 }));
    expect(story.told.at(-1)).toBe("initialized successfully>Running");
    expect(story.detail?.activity).toBe("completed (RemainAfterExit)");
  });
});

describe("the first look", () => {
  it("shows what has long been active as Running at once, since it became active", () => {
    const story = new Story().open(null, longActive());
    expect(story.told).toEqual(["?>Running"]);
    expect(story.last).toMatchObject({ at: at(-60_000).at, source: "snapshot", cause: { kind: "unknown" } });
  });

  it("shows what has just become active as Starting, and waits for the rest of its time", () => {
    const story = new Story().open(null, never({ ...active(-400), conditionAt: at(-401) }));
    expect(story.told).toEqual(["?>Starting"]);
    story.until(599);
    expect(story.told).toEqual(["?>Starting"]);
    expect(story.until(600).told).toEqual(["?>Starting", "initialized successfully>Running"]);
  });

  it("that agrees with history tells nothing", () => {
    expect(new Story().open("Running", longActive()).until(9000).told).toEqual([]);
    expect(new Story().open("Stopped", longStopped()).until(9000).told).toEqual([]);
  });

  it("that differs from history claims no event, and is dated by the property if that is newer", () => {
    const story = new Story().open("Running", longStopped(), { since: -50_000 });
    expect(story.told).toEqual(["?>Stopped"]);
    expect(story.last).toMatchObject({
      at: at(-30_000).at,
      declared: false,
      event: null,
      source: "snapshot",
    });
    expect(story.last?.cause.detail).toBe(
      "not seen how: it was Running when it was last watched, and was found Stopped",
    );
  });

  it("has the moment of the look where the property is older than what history holds", () => {
    const story = new Story().open("Running", longStopped({ stateChange: at(-90_000) }), { since: -10_000 });
    expect(story.last?.at).toBe(at(0).at);
  });

  it("tells nothing that the journal, which was read after it, knows better", () => {
    const story = new Story().open("Stopped", longActive({ stateChange: at(-200) }), { since: -100 });
    expect(story.told).toEqual([]);
    story.says({ ...dead(-100, { job: 0 }) });
    expect(story.told).toEqual([]);
  });

  it("is not taken for a young life only because the clocks differ", () => {
    const story = new Story().open("Running", longActive({ activeEnter: at(5000) }), { since: 5000 });
    expect(story.told).toEqual([]);
  });

  it("is followed by what is queued, with a start that is still to come", () => {
    const story = new Story().open("Stopped", longStopped({ job: 4 })).until(300);
    story.says({ ...checked(299, 4), invocation: lifeB }).says(active(301, { job: 4, invocation: lifeB }));
    expect(story.told).toEqual(["start>Starting"]);
  });

  it("is not undone by signals that were sent before it", () => {
    const story = new Story().open("Running", longActive());
    story.says(dead(-70_000, { job: 0, inactiveExit: at(-80_000) }));
    expect(story.told).toEqual([]);
  });

  it("of a failure is no news where the journal knows a whole life after it, which signals tell once more", () => {
    const history = { since: 900, keys: [`${lifeB}/Starting`, `${lifeB}/Error`] };
    const story = new Story().open("Error", { ...longFailed(), ...failed(100) }, history);
    story.says(active(500, { invocation: lifeB })).says(failed(899, { invocation: lifeB }));
    expect(story.told).toEqual([]);
    story.until(950).says(active(940, { invocation: "c".repeat(32) }));
    expect(story.told).toEqual(["restart>Starting"]);
  });

  it("counts on from the keys that history holds", () => {
    const key = `${"a".repeat(32)}/Error`;
    const story = new Story().open("Running", longActive(), { keys: [key, `${key}#2`, "f/1/Stopped"] });
    story.until(5).says(failed(4));
    expect(story.last?.sourceKey).toBe(`${key}#3`);
  });
});
