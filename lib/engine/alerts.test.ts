import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { now } from "../clock";
import { TestFleet, until } from "./testing/test-fleet";
import { type ToldAlert, toldAlerts } from "./testing/told-alerts";

const node = JSON.stringify(process.execPath);
const run = (code: string) => `[${node}, -e, ${JSON.stringify(code)}]`;
const waits = "setInterval(() => {}, 1000)";
/** Ignores SIGTERM; a shell does so within its first moments, which Node under load does not. */
const deaf = `[/bin/sh, -c, "trap '' TERM; exec sleep 1000"]`;

/** Long enough that an engine on a slow machine ends within it. */
const stuckLimitMs = 6_000;

const text = `
hosts: { toys: { platform: process } }
alerts: { error: 1s, starting: 1500ms, stopping: 1s, thrash: { errors: 3, within: 8s }, commandFailed: off }
services:
  - { host: toys, name: falls, command: ${run("setTimeout(() => process.exit(5), 300)")}, settle: 50ms }
  - { host: toys, name: slow, command: ${run(waits)}, settle: 60s, autostart: true }
  - { host: toys, name: deaf, command: ${deaf}, settle: 1s, stopTimeout: 3s, alerts: { error: off } }
  - { host: toys, name: stuck, command: ${deaf}, settle: 500ms, stopTimeout: 100ms, alerts: { error: ${stuckLimitMs}ms, stopping: off } }
  - { host: toys, name: loops, command: ${run("setTimeout(() => process.exit(5), 150)")}, settle: 50ms,
      restart: { on: always, delay: 100ms }, alerts: { error: off } }
  - { host: toys, name: hand, command: ${run(waits)}, settle: 50ms }
  - { host: toys, name: once, command: ${run("")}, oneshot: true }
`;

/** The four alerts of the specification on real processes, with limits of seconds. */
describe("on real processes", () => {
  let fleet: TestFleet;
  beforeAll(async () => {
    fleet = await TestFleet.open(text);
  });
  afterAll(() => fleet.close());

  const alerts = async (service: string) =>
    (await toldAlerts(fleet.test.database.sql)).filter((alert) => alert.service === `toys/${service}`);
  const told = (service: string, rule: string, event: string): Promise<ToldAlert> =>
    until(
      async () =>
        (await alerts(service)).find((alert) => alert.rule === rule && alert.events.includes(event)),
      `${service}'s ${rule} is ${event}`,
    );
  const markOf = async (service: string) => {
    const [row] = await fleet.test.database.sql<{ thrash: { level: string } | null }[]>`
      SELECT thrash FROM service WHERE name = ${service}`;
    return row?.thrash?.level ?? "none";
  };

  it("Error for longer than its limit fires with the cause, and resolves when it is left", async () => {
    await fleet.order("toys/falls", "start");
    await fleet.reaches("toys/falls", "Error");
    const fired = await told("falls", "error", "fired");
    expect(fired.firedAt - fired.since).toBeGreaterThanOrEqual(1_000_000);
    expect(fired).toMatchObject({
      summary: "toys/falls has been in Error for 1 s.",
      why: "Exited with code 5.",
    });
    await fleet.order("toys/falls", "reset");
    expect((await told("falls", "error", "resolved")).because).toMatch(
      /^It is Stopped: reset by local operator/,
    );
  });

  it("stuck in Starting", async () => {
    const fired = await told("slow", "starting", "fired");
    expect(fired.summary).toBe("toys/slow has been Starting for 1.5 s.");
    await fleet.order("toys/slow", "stop");
    await told("slow", "starting", "resolved");
  });

  it("stuck in Stopping", async () => {
    await fleet.order("toys/deaf", "start");
    await fleet.reaches("toys/deaf", "Running");
    await fleet.order("toys/deaf", "stop");
    const fired = await told("deaf", "stopping", "fired");
    expect(fired.summary).toBe("toys/deaf has been Stopping for 1 s.");
    expect((await told("deaf", "stopping", "resolved")).because).toMatch(/^It is Error/);
  });

  it("a crash loop with its third failure; it is over when it has been quiet", async () => {
    await fleet.order("toys/loops", "start");
    const fired = await told("loops", "thrash", "fired");
    expect(fired.why).toMatch(/^It came into Error by itself 3 times within .*: exited with code 5\.$/);
    const errors = (await fleet.history("toys/loops")).filter(({ edge }) => edge.endsWith("→ Error"));
    // The first that lies in the window is what it is dated at.
    expect(errors.filter(({ at }) => at >= fired.since && at <= fired.firedAt)).toHaveLength(3);
    expect(await markOf("loops")).toBe("crash-loop");
    await until(async () => ((await tryOrder("toys/loops", "stop")) ? true : undefined), "it is stopped");
    await told("loops", "thrash", "resolved");
    expect(await markOf("loops")).toBe("none");
  });

  /** It may move on between the look and the order. */
  const tryOrder = async (id: string, event: "stop" | "reset") => {
    const answers = [await fleet.ask(id, event), await fleet.ask(id, "reset")];
    return answers.some(({ tag }) => tag === "accepted");
  };

  it("ten restarts by an operator's hand, and a one-shot that is run again and again, are nothing", async () => {
    await fleet.order("toys/hand", "start");
    await fleet.reaches("toys/hand", "Running");
    for (let n = 1; n <= 10; n++) {
      await fleet.order("toys/hand", "restart");
      await until(async () => {
        const path = await fleet.path("toys/hand");
        return path.length === 3 + 3 * n && path.at(-1) === "Running" ? true : undefined;
      }, `restart ${n}`);
    }
    for (let n = 1; n <= 5; n++) {
      await fleet.order("toys/once", "start");
      await until(async () => {
        const path = await fleet.path("toys/once");
        return path.length === 1 + 2 * n ? true : undefined;
      }, `run ${n}`);
    }
    expect(await alerts("hand")).toEqual([]);
    expect(await alerts("once")).toEqual([]);
    expect([await markOf("hand"), await markOf("once")]).toEqual(["none", "none"]);
  }, 120_000);

  it("an Error that lasts while the engine ends and begins fires after it, and goes on firing as one alert", async () => {
    await fleet.order("toys/stuck", "start");
    await fleet.reaches("toys/stuck", "Running");
    await fleet.order("toys/stuck", "stop");
    await fleet.reaches("toys/stuck", "Error");
    await fleet.stop();
    const ended = now().at;
    expect(await alerts("stuck")).toEqual([]);
    await sleep(stuckLimitMs + 500);
    const begun = now().at;
    await fleet.start(text);
    const fired = await told("stuck", "error", "fired");
    // The time in which nobody looked counts as nothing.
    expect(fired.firedAt - begun).toBeGreaterThanOrEqual(stuckLimitMs * 1000 - (ended - fired.since));
    await fleet.stop();
    await fleet.start(text);
    await sleep(stuckLimitMs + 500);
    expect((await alerts("stuck")).map(({ events }) => events)).toEqual([["fired"]]);
    await fleet.reconfigure(text.replace(/ {2}- \{ host: toys, name: stuck.*\n/, ""));
    expect((await told("stuck", "error", "resolved")).because).toMatch(/left the configuration/);
  }, 120_000);
});
