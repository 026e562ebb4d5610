import { expect, it } from "vitest";
import { at, Story } from "./testing/story";
import { autoRestart, failed, longActive, longStopped, never } from "./testing/unit-scenes";

it("the process is told in systemd's own words, with its number or how the last one ended", () => {
  const story = new Story().open("Running", longActive());
  expect(story.detail?.process).toEqual({ state: "active/running", detail: "main process 42" });
  story.until(5).says(failed(4, { execMainCode: 2, execMainStatus: 9, result: "signal" }));
  expect(story.detail?.process).toEqual({
    state: "failed/failed",
    detail: "no process; the last one was killed by SIGKILL (signal 9)",
  });
  expect(new Story().open("Stopped", never()).detail?.process).toEqual({
    state: "inactive/dead",
    detail: "no process",
  });
});

it("a unit file that has changed on disk is said, though no signal tells it (56)", () => {
  const story = new Story().open("Running", longActive()).says({ needDaemonReload: true });
  expect(story.detail?.process.detail).toBe(
    "main process 42; its unit file has changed on disk: daemon-reload is due",
  );
  expect(story.told).toEqual([]);
});

it("a service's own words about itself are its activity, as soon as they are told", () => {
  const story = new Story().open("Running", longActive()).says({ statusText: "draining" });
  expect(story.detail?.activity).toBe("draining");
});

it.each(["not-found", "bad-setting", "error", "masked"])(
  "a unit that is %s is so beside its state",
  (loadState) => {
    const story = new Story().open("Stopped", longStopped({ loadState }));
    expect(story.detail?.load).toBe(loadState);
    expect(story.told).toEqual([]);
  },
);

it("cleaning and maintenance are activities of what is Stopped", () => {
  const story = new Story().open("Stopped", longStopped());
  story.says({ activeState: "maintenance", subState: "cleaning", stateChange: at(1) });
  expect(story.detail?.activity).toBe("cleaning");
  expect(story.told).toEqual([]);
});

it("a wait without a known length is told without one", () => {
  const story = new Story().open("Running", longActive()).until(5).says(failed(4));
  story.says(autoRestart(5, { restartUs: Number.MAX_VALUE, nRestarts: 6 }));
  expect(story.detail?.activity).toBe("restarts by itself, attempt 7");
});

it("what is as before is not told again", () => {
  const story = new Story().open("Running", longActive());
  story.detail = null;
  story.says(longActive());
  expect(story.detail).toBeNull();
});
