import { describe, expect, test } from "vitest";
import { Bench, eventually, js, steady } from "./testing/bench";
import { parseCounts } from "./usage";

describe.skipIf(process.platform !== "linux")("what a service uses", () => {
  test("is counted over all of its processes, also those in a session of their own", async () => {
    const bench = new Bench();
    const child = `require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(steady)}],
      { detached: true, stdio: 'ignore' });`;
    await bench.open([
      bench.spec({ name: "one", command: js(steady), autostart: true }),
      bench.spec({ name: "two", command: js(child + steady), autostart: true }),
    ]);
    await bench.until("two", "Running");
    await eventually(async () => {
      const [one, two] = [await bench.platform.usage("one"), await bench.platform.usage("two")];
      return (two?.tasks ?? 0) === 2 * (one?.tasks ?? 0) && (one?.tasks ?? 0) > 0;
    });
    const one = await bench.platform.usage("one");
    expect(one?.memoryBytes).toBeGreaterThan(5_000_000);
    expect(one?.cpuUs).toBeGreaterThan(0);
  });

  test("grows while it works, and never counts a child twice that has ended", async () => {
    const bench = new Bench();
    const busy = "require('node:child_process').execFileSync('true'); for (;;) {}";
    await bench.open([bench.spec({ name: "busy", command: js(busy), autostart: true })]);
    await bench.until("busy", "Running");
    const first = (await bench.platform.usage("busy"))?.cpuUs ?? 0;
    await eventually(async () => ((await bench.platform.usage("busy"))?.cpuUs ?? 0) >= first + 50_000);
  });

  test("is nothing once it has stopped, or where there is no such service", async () => {
    const bench = new Bench();
    await bench.open([bench.spec({ name: "web", autostart: true })]);
    await bench.until("web", "Running");
    await bench.act("web", "stop");
    await bench.until("web", "Stopped");
    expect(await bench.platform.usage("web")).toBeNull();
    expect(await bench.platform.usage("nobody")).toBeNull();
  });
});

test("the kernel's counts are found behind any name", () => {
  const fields = "S 1 7 7 0 -1 0 0 0 0 0 10 20 3 4 20 0 11 0 4242 0";
  expect(parseCounts(`7 (a) b (c)) ${fields}`)).toEqual({ cpuUs: 370_000, tasks: 11 });
  expect(parseCounts("7 (a) S 1")).toBeNull();
});
