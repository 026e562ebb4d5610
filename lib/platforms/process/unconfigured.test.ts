import { describe, expect, test } from "vitest";
import type { LastKnown } from "../contract";
import { Bench, eventually, js, stubborn } from "./testing/bench";

const wanted: LastKnown = {
  service: "web",
  state: "Stopped",
  since: null,
  sourceKeys: new Set(),
  wanted: true,
  decided: true,
};
const lastWatched = "started again: it was to be up when it was last watched";
const wentAway = "started again: it was to be up when Signalbox went away";

describe("a host that leaves the configuration", () => {
  test("names that as the cause of its services' stops", async () => {
    const bench = new Bench();
    await bench.open([bench.spec({ name: "web", autostart: true })]);
    await bench.until("web", "Running");
    await bench.platform.close(5_000, "unconfigured");
    expect(bench.moves("web").slice(-2)).toEqual(["stop>Stopping", "stopped successfully>Stopped"]);
    expect(bench.last("web").cause).toEqual({
      kind: "service-manager",
      detail: "it was taken out of the configuration: killed by SIGTERM (signal 15)",
    });
    expect(await bench.act("web", "start")).toEqual({
      tag: "refused",
      reason: "it was taken out of the configuration",
    });
  });

  test("kills in the end without a word of Signalbox ending", async () => {
    const bench = new Bench();
    await bench.open([bench.checked({ name: "mule", command: js(stubborn), autostart: true })]);
    await bench.until("mule", "Running");
    await bench.platform.close(1_000, "unconfigured");
    await bench.until("mule", "Error");
    expect(bench.last("mule").cause.detail).toMatch(
      /^did not end within \d+ ms of SIGTERM, all the time there was; killed$/,
    );
  });
});

describe("why a service is started again", () => {
  test.each([
    ["unconfigured", lastWatched],
    ["ending", wentAway],
  ] as const)("after a watch that ended as %s", async (why, detail) => {
    const bench = new Bench();
    await bench.open([bench.spec({ name: "web", autostart: true })]);
    await bench.until("web", "Running");
    await bench.platform.close(5_000, why);
    const moves = bench.moves("web").length;
    await bench.open([bench.spec({ name: "web" })], [wanted]);
    await eventually(() => bench.moves("web").length >= moves + 2);
    expect(bench.observations("web")[moves]?.cause.detail).toBe(detail);
  });

  test("in a run after the one that watched it again, Signalbox went away", async () => {
    const bench = new Bench();
    for (const why of ["unconfigured", "ending", undefined] as const) {
      await bench.open([bench.spec({ name: "web" })], [wanted]);
      await bench.until("web", "Running");
      await bench.platform.close(5_000, why);
    }
    const details = bench.observations("web").map(({ cause }) => cause.detail);
    expect(details.filter((detail) => detail === lastWatched)).toHaveLength(1);
    expect(details.filter((detail) => detail === wentAway)).toHaveLength(2);
  });

  test("when it is put back while Signalbox runs", async () => {
    const bench = new Bench();
    await bench.open([]);
    await bench.platform.reconfigure([bench.spec({ name: "web" })], [wanted]);
    await bench.until("web", "Running");
    expect(bench.observations("web")[0]?.cause.detail).toBe(lastWatched);
  });
});

test("a configuration that cannot be put in force keeps no later one from being put in force", async () => {
  const bench = new Bench();
  await bench.open([]);
  const broken = { ...bench.spec({ name: "web" }), after: null as never };
  await expect(bench.platform.reconfigure([broken])).rejects.toThrow();
  await bench.platform.reconfigure([bench.spec({ name: "web", autostart: true })]);
  await bench.until("web", "Running");
});
