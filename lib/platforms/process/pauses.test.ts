import { expect, onTestFinished, test } from "vitest";
import { Bench, isAlive, js, steady } from "./testing/bench";
import { startElsewhere } from "./testing/elsewhere";

test.each([
  ["is not taken for ready", { settleMs: 1_000 }, "initialization failed"],
  ["is not taken for late", { settleMs: 20_000, startTimeoutMs: 1_000 }, "initialization failed"],
])("a child that died while Signalbox was paused %s when it goes on", async (_, spans, event) => {
  const bench = new Bench();
  const spec = { ...bench.spec({ name: "web", command: js(steady), ...spans }), autostart: true };
  const elsewhere = await startElsewhere(bench.folder, [spec]);
  await elsewhere.until((told) => /"pid \d+"/.test(told));
  const pid = Number(/"pid (\d+)"/.exec(elsewhere.told())?.[1]);
  onTestFinished(() => {
    if (isAlive(pid)) process.kill(pid, "SIGKILL");
  });
  process.kill(elsewhere.pid, "SIGSTOP");
  process.kill(pid, "SIGKILL");
  await new Promise((done) => setTimeout(done, 1_500));
  process.kill(elsewhere.pid, "SIGCONT");
  await elsewhere.until((told) => told.includes('"state":"Error"'));
  expect(elsewhere.told()).not.toContain('"state":"Running"');
  expect(elsewhere.told()).toContain(event);
  expect(elsewhere.told()).toContain(
    "killed by SIGKILL (signal 9) before it was ready, not sent by Signalbox",
  );
});
