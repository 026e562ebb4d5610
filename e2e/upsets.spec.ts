import { readFileSync, writeFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "@playwright/test";
import type { Gap } from "../lib/wire/service";
import { faultsOf } from "./support/api";
import { smallFleet } from "./support/fleets";
import { childrenNamed, isPaused, kill, partsOf, until } from "./support/processes";
import { Signalbox } from "./support/signalbox";

let signalbox: Signalbox;
test.beforeEach(async () => {
  signalbox = await Signalbox.start(smallFleet);
});
test.afterEach(async () => signalbox.remove());

function engine(): number {
  const [found] = partsOf(signalbox.data).filter(({ command }) => command.includes("engine.mjs"));
  if (!found) throw new Error("no engine runs");
  return found.pid;
}

test("time in which the engine was paused is a gap, and counts as no state", async () => {
  const api = await signalbox.api();
  await api.reaches("toys/steady", "Running");
  const [child] = childrenNamed("toys/steady", signalbox.sign);
  const pid = engine();
  kill(pid, "SIGSTOP");
  await until("the engine stands still", () => isPaused(pid));
  kill(child?.pid ?? 0, "SIGKILL");
  await until(
    "the page says that nobody looks",
    async () => (await api.service("toys/steady")).contact.status === "lost",
  );
  const refused = await api.command("toys/steady", "stop");
  expect(refused.status).toBe(409);
  expect(refused.body).toMatchObject({ code: "no-contact" });
  kill(pid, "SIGCONT");
  await api.reaches("toys/steady", "Error");
  const { body } = await api.get<{ items: Gap[] }>("/services/toys/steady/gaps");
  expect(body.items[0]).toMatchObject({ reason: "Signalbox was paused." });
  const rows = await api.history("toys/steady");
  expect(rows.at(-1)?.gapMs).toBeGreaterThan(4_000);
  expect(faultsOf(rows)).toEqual([]);
});

test("a closed terminal ends everything in order, children too", async () => {
  const api = await signalbox.api();
  await api.reaches("toys/steady", "Running");
  process.kill(-signalbox.pid, "SIGHUP");
  await until("nothing of it is left", () => partsOf(signalbox.data).length === 0, 30_000);
  expect(childrenNamed("toys/steady", signalbox.sign)).toEqual([]);
  await signalbox.start();
  const again = await signalbox.api();
  const ends = (await again.history("toys/steady")).filter(({ event }) => event === "stopped successfully");
  expect(ends).toHaveLength(1);
});

test("an engine that is killed while the configuration is broken goes on with the last good one", async () => {
  const api = await signalbox.api();
  await api.reaches("toys/steady", "Running");
  const file = signalbox.config ?? "";
  const good = readFileSync(file, "utf8");
  writeFileSync(file, `${good}\n  broken: [`);
  await sleep(1_500);
  const [child] = childrenNamed("toys/steady", signalbox.sign);
  kill(engine(), "SIGKILL");
  await until("the engine is back", async () => {
    const now = await api.service("toys/steady");
    const [successor] = childrenNamed("toys/steady", signalbox.sign);
    return now.state === "Running" && now.contact.status === "live" && successor?.pid !== child?.pid;
  });
  expect(faultsOf(await api.history("toys/steady"))).toEqual([]);
  writeFileSync(file, good);
});

test("a launcher that is killed alone takes its parts along, and the next start goes on", async () => {
  const api = await signalbox.api();
  await api.reaches("toys/steady", "Running");
  const parts = partsOf(signalbox.data).filter(({ command }) => !command.includes("postgres"));
  kill(signalbox.pid, "SIGKILL");
  await sleep(200);
  await signalbox.start();
  const again = await signalbox.api();
  await again.reaches("toys/steady", "Running");
  expect(faultsOf(await again.history("toys/steady"))).toEqual([]);
  for (const { pid } of parts)
    await until(`${pid} ended`, () => !partsOf(signalbox.data).some((part) => part.pid === pid));
});
