import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "@playwright/test";
import type { TimeInState } from "../lib/wire/insight";
import { smallFleet } from "./support/fleets";
import { Prometheus } from "./support/monitoring/prometheus";
import { whyNoPrometheus } from "./support/monitoring/why-no-prometheus";
import { childrenNamed, kill } from "./support/processes";
import { root, Signalbox } from "./support/signalbox";
import { mustRun } from "./support/systemd/run";

const why = whyNoPrometheus();
test.skip(why !== null, why ?? "");

let signalbox: Signalbox;
let prometheus: Prometheus;
let token: string;

test.beforeAll(async () => {
  if (why !== null) return;
  signalbox = await Signalbox.start(`${smallFleet}alerts: { error: 1s }\n`);
  token = await createToken();
  const rules = readFileSync(path.join(root, "docs/prometheus/signalbox-rules.yml"), "utf8");
  // The limits are minutes; what is tried here is that the real thing fires at all.
  prometheus = await Prometheus.start(
    `127.0.0.1:${signalbox.port}`,
    token,
    rules.replace(/for: .*/g, "for: 1s"),
  );
});
test.afterAll(async () => {
  await prometheus?.remove();
  await signalbox?.remove();
});

/** As an administrator does it, beside the running Signalbox. */
async function createToken(): Promise<string> {
  const environment = [`SIGNALBOX_DATA=${signalbox.data}`, `SIGNALBOX_CONFIG=${signalbox.config}`];
  const create = ["token", "create", "--name", "prometheus", "--role", "viewer"];
  const node = [process.execPath, path.join(root, "scripts/command.mjs")];
  return (await mustRun("env", "-C", root, ...environment, ...node, ...create)).trim();
}

const scrape = (headers: Record<string, string>) => fetch(`${signalbox.address}/metrics`, { headers });
const of = (name: string) => `host="toys",service="${name}"`;

test("a real Prometheus scrapes it, and finds every service in the state that the API tells", async () => {
  const api = await signalbox.api();
  await api.reaches("toys/steady", "Running");
  await expect.poll(() => prometheus.target()).toBe("up");
  await expect
    .poll(() => prometheus.value(`signalbox_service_state{${of("steady")},state="Running"}`))
    .toBe(1);
  const services = await prometheus.query("sum by (service) (signalbox_service_state)");
  expect(services).toHaveLength(10);
  const since = Date.parse((await api.service("toys/steady")).since ?? "") / 1000;
  expect(await prometheus.value(`signalbox_service_state_since_seconds{${of("steady")}}`)).toBeCloseTo(
    since,
    2,
  );
  expect(await prometheus.value('signalbox_host_contact{host="toys"}')).toBe(1);
  expect(await prometheus.value("signalbox_engines_running")).toBe(1);
});

test("a crash and a command are seen in it, and its rule for Error fires", async () => {
  const api = await signalbox.api();
  await api.reaches("toys/steady", "Running");
  const [child] = childrenNamed("toys/steady", signalbox.sign);
  if (!child) throw new Error("steady does not run");
  kill(child.pid, "SIGKILL");
  await api.reaches("toys/steady", "Error");
  await expect.poll(() => prometheus.value(`signalbox_service_state{${of("steady")},state="Error"}`)).toBe(1);
  await expect
    .poll(() => prometheus.value(`ALERTS{alertname="SignalboxError",alertstate="firing",${of("steady")}}`))
    .toBe(1);
  await expect.poll(() => prometheus.value(`signalbox_alert_firing{rule="error",${of("steady")}}`)).toBe(1);
  expect(await prometheus.value(`signalbox_errors_total{${of("steady")}}`)).toBe(1);
  const crash = `signalbox_transitions_total{${of("steady")},from="Running",to="Error"}`;
  expect(await prometheus.value(crash)).toBe(1);
  const { body: command } = await api.command("toys/steady", "restart");
  expect((await api.fate(command)).status).toBe("proven");
  await expect
    .poll(() => prometheus.value('signalbox_commands_total{event="restart",status="proven"}'))
    .toBe(1);
  await expect
    .poll(() => prometheus.value(`ALERTS{alertname="SignalboxError",alertstate="firing",${of("steady")}}`))
    .toBeUndefined();
  // The engine's own word comes every ten seconds.
  await expect
    .poll(() => prometheus.value("signalbox_change_to_database_seconds_count"), { timeout: 20_000 })
    .toBeGreaterThan(0);
});

test("time in a state grows as time does, is what the API tells, and no counter falls", async () => {
  const api = await signalbox.api();
  await api.reaches("toys/steady", "Running");
  const running = `signalbox_state_seconds_total{${of("steady")},state="Running"}`;
  await expect.poll(() => prometheus.value(`changes(${running}[5s])`)).toBeGreaterThan(1);
  const error = `signalbox_state_seconds_total{${of("steady")},state="Error"}`;
  const told = await api.get<TimeInState>("/services/toys/steady/time-in-state");
  const toldSeconds = (told.body.states.Error?.ms ?? 0) / 1000;
  // A scrape may have counted on until a move that was dated before it; a counter does not take that back.
  expect(await prometheus.value(error)).toBeGreaterThanOrEqual(toldSeconds);
  expect(await prometheus.value(error)).toBeLessThan(toldSeconds + 1);
  for (const { metric, value } of await prometheus.query('resets({__name__=~"signalbox_.*_total"}[10m]) > 0'))
    throw new Error(`${JSON.stringify(metric)} fell ${value[1]} times`);
});

test("it is answered to nobody without a token, nor under another name", async () => {
  expect((await scrape({})).status).toBe(401);
  expect((await scrape({ authorization: `Bearer ${token}` })).status).toBe(200);
  expect((await scrape({ authorization: `Bearer ${token}`, "x-forwarded-for": "192.0.2.1" })).status).toBe(
    403,
  );
  const link = await fetch(signalbox.link, { redirect: "manual" });
  const cookie = link.headers.getSetCookie()[0]?.split(";")[0] ?? "";
  const answer = await scrape({ cookie, "accept-encoding": "gzip" });
  expect(answer.headers.get("content-type")).toContain("text/plain; version=0.0.4");
  expect(answer.headers.get("content-encoding")).toBe("gzip");
});
