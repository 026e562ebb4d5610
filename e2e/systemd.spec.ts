import { readFileSync, writeFileSync } from "node:fs";
import { expect, type Page, test } from "@playwright/test";
import type { Health } from "../lib/wire/health";
import type { Host } from "../lib/wire/host";
import type { Command, LogLine } from "../lib/wire/service";
import { type Api, faultsOf } from "./support/api";
import { compareOnHost } from "./support/journal-check";
import { button, moves, openPage, row, state, watchHatching } from "./support/pages";
import { until } from "./support/processes";
import { Stream } from "./support/stream";
import { SystemdHost } from "./support/systemd-host";
import { killWhile, loops, oddNames, type WatchedHosts, watchHosts } from "./support/watched-hosts";

const why = SystemdHost.whyNot();
test.skip(why !== null, why ?? "");

let hosts: WatchedHosts;
let api: Api;
test.beforeAll(async () => {
  test.setTimeout(240_000);
  hosts = await watchHosts();
  api = await hosts.signalbox.api();
  for (const id of ["near/simple", "far/simple"]) await api.reaches(id, "Stopped", 60_000);
});
test.afterAll(async () => hosts?.remove());

const open = (page: Page, address: string) => openPage(page, hosts.signalbox, address);

for (const place of ["near", "far"] as const)
  test(`a stop by hand on the host is told as such on the open page, one by the button as the operator's: ${place}`, async ({
    page,
  }) => {
    const host = hosts[place];
    await host.systemctl("start", "sb-simple.service");
    await open(page, `/services/${place}/simple`);
    await expect(state(page)).toContainText("Running");
    await host.systemctl("stop", "sb-simple.service");
    await expect(state(page)).toContainText("Stopped");
    await expect(moves(page)).toContainText("stopped by someone on the host");
    await expect(moves(page).locator(".history-move").nth(1)).toContainText(/Running.*Stopping/);
    const byHand = (await api.history(`${place}/simple`)).slice(-2);
    expect(byHand.map(({ to, cause }) => [to, cause.kind])).toEqual([
      ["Stopping", "host-operator"],
      ["Stopped", "host-operator"],
    ]);

    await button(page, "Start").click();
    await expect(state(page)).toContainText("Running");
    await button(page, "Stop").click();
    await expect(state(page)).toContainText("Stopped");
    await expect(moves(page).locator(".history-move").first()).toContainText("local operator");
    const byButton = (await api.history(`${place}/simple`)).slice(-2);
    for (const { cause, commandId } of byButton) {
      expect(cause).toMatchObject({ kind: "operator", actor: "local operator" });
      expect(commandId).toBe(byButton[0]?.commandId);
    }
    const { body } = await api.get<Command>(`/commands/${byButton[0]?.commandId}`);
    expect((await api.fate(body)).status).toBe("proven");
    expect((await host.systemctl("is-active", "sb-simple.service")).stdout).toBe("inactive\n");
  });

test("a stop that fails is a failed command with the reason, and the way out of Error is shown", async ({
  page,
}) => {
  await api.fate((await api.command("near/stopfail", "start")).body);
  await open(page, "/services/near/stopfail");
  await expect(state(page)).toContainText("Running");
  await button(page, "Stop").click();
  await expect(state(page)).toContainText("Error");
  const fate = page.getByRole("region", { name: "Commands" });
  await expect(fate).toContainText(/failed/i);
  await expect(fate).toContainText("a stop command failed");
  const recovery = page.getByRole("region", { name: "Recovery" });
  // Which one it was stands in the journal, a little later.
  await expect(recovery).toContainText(/ExecStop.*5/);
  await expect(recovery).toContainText("stop failed");
  await expect(recovery).toContainText("systemctl status -- sb-stopfail.service");
  await button(page, "Reset").click();
  await expect(state(page)).toContainText("Stopped");
});

test("units that match a pattern are services; those that come or go do so on the open page", async ({
  page,
}) => {
  const { near } = hosts;
  await open(page, "/");
  await expect(row(page, "near/sb-oneshot-rae")).toContainText("Running");
  const unit = "[Service]\nExecStart=/bin/sleep infinity\n";
  await near.writeUnit("sb-private.service", unit);
  await near.writeUnit("sb-late.service", unit);
  await near.systemctl("start", "sb-private.service", "sb-late.service");
  await expect(row(page, "near/sb-late")).toContainText("Running");
  await near.systemctl("stop", "sb-late.service");
  await expect(row(page, "near/sb-late")).toContainText("Stopped");
  await near.run("rm", "/etc/systemd/system/sb-late.service");
  await near.systemctl("daemon-reload");
  await expect(row(page, "near/sb-late")).toHaveCount(0);
  expect((await api.get("/services/near/sb-private")).status).toBe(404);
});

test("what speaks against a unit's file stands beside its state, and never in its place", async ({
  page,
}) => {
  const { near } = hosts;
  await near.systemctl("start", "sb-crash-norestart.service");
  await open(page, "/");
  await expect(row(page, "near/absent")).toContainText(/Stopped.*not-found/);
  await expect(row(page, "near/crash-norestart")).toContainText("Running");
  await near.run("ln", "-sf", "/dev/null", "/etc/systemd/system/sb-crash-norestart.service");
  await near.systemctl("daemon-reload");
  await expect(row(page, "near/crash-norestart")).toContainText(/Running.*masked/);
  await page.goto(`${hosts.signalbox.address}/services/near/crash-norestart`);
  await expect(state(page)).toContainText(/Running.*masked/);
  await button(page, "Stop").click();
  await expect(state(page)).toContainText("Stopped");
});

test("killed while units crash and recover: nothing is missing, nothing doubled, to the microsecond", async () => {
  test.setTimeout(240_000);
  const { signalbox, near } = hosts;
  const units = loops.map((name) => `${name}.service`);
  const seqs = async () => Promise.all(loops.map(async (name) => (await api.service(`near/${name}`)).seq));
  await near.systemctl("start", ...units);
  for (let round = 0; round < 3; round += 1) {
    const before = await seqs();
    await until("they crash and recover", async () =>
      (await seqs()).every((seq, n) => seq > (before[n] ?? 0) + 3),
    );
    api = await killWhile(hosts, units);
    const live = async () => (await api.service("near/simple")).contact.status === "live";
    await until("the host is seen again", live, 60_000);
  }
  await near.systemctl("stop", ...units);
  for (const name of loops) await api.reaches(`near/${name}`, "Stopped");
  const { faults, found } = await compareOnHost(near, signalbox.data, loops);
  expect(faults).toEqual([]);
  for (const [name, { recovered, ...compared }] of found) {
    test.info().annotations.push({ type: name, description: JSON.stringify({ recovered, ...compared }) });
    expect(compared.faults, name).toEqual([]);
    expect(recovered, name).toBeGreaterThan(10);
    expect(faultsOf(await api.history(`near/${name}`)), name).toEqual([]);
  }
  expect((await api.gaps("near/simple")).map(({ recovered }) => recovered)).toEqual([true, true, true]);
});

test("a cut line hatches that host's rows and refuses its buttons; afterwards the open page is filled in", async ({
  page,
  context,
}) => {
  test.setTimeout(240_000);
  const { far } = hosts;
  await far.systemctl("start", "sb-crash-norestart.service");
  await open(page, "/");
  const service = await context.newPage();
  await service.goto(`${hosts.signalbox.address}/services/far/crash`);
  await expect(state(service)).toContainText("Running");
  await expect(row(page, "far/crash").locator(".lamp")).toHaveAttribute("data-observed", "true");
  const hatched = await watchHatching(page, "near");
  const feed = await Stream.open(api);
  const before = (await api.history("far/crash")).length;
  const cutAt = performance.now();
  await far.cut();
  await expect(row(page, "far/crash")).toContainText(/not observed\s+since/, { timeout: 40_000 });
  await expect(row(page, "far/crash").locator(".lamp")).toHaveAttribute("data-observed", "false");
  await expect(row(page, "far/crash")).toContainText("Running");
  const stop = row(page, "far/crash").getByRole("button", { name: "Stop crash" });
  await expect(stop).toHaveAttribute("aria-disabled", "true");
  const refused = await api.command("far/crash", "stop");
  expect(refused).toMatchObject({ status: 409, body: { code: "no-contact" } });
  await expect(button(service, "Stop")).toHaveAccessibleDescription(/No contact with the host since .*: .+/);
  await far.systemctl("kill", "--signal=KILL", "sb-crash-norestart.service");
  await until("it crashes unseen", async () =>
    (await far.systemctl("is-failed", "sb-crash-norestart.service")).stdout.includes("failed"),
  );
  await far.systemctl("start", "sb-crash-norestart.service");
  await until("30 s have passed", () => performance.now() - cutAt >= 30_000, 40_000);
  await far.mend();
  await expect(state(service)).toContainText("observed now", { timeout: 60_000 });
  // A host's own record may take half a minute to be read, and is not told move by move.
  const told = async () => (await api.history("far/crash")).slice(before);
  await until("what was missed is read back", async () => (await told()).length >= 3, 60_000);
  await expect(moves(service).locator(".history-move").nth(2)).toContainText(/Running.*Error/);
  await expect(moves(service).locator(".history-move").nth(1)).toContainText(/Error.*Starting/);
  await expect(row(page, "far/crash").locator(".lamp")).toHaveAttribute("data-observed", "true");
  await expect(button(service, "Stop")).not.toHaveAttribute("aria-disabled");
  expect((await told()).map(({ to, source }) => `${to} ${source}`)).toEqual([
    "Error journal",
    "Starting journal",
    expect.stringMatching(/^Running /),
  ]);
  expect(await hatched()).toEqual([]);
  const contacts = feed.of<Host>("host").map(({ data }) => `${data.id} ${data.contact.status}`);
  expect(contacts).not.toContain("near lost");
  feed.close();
  expect((await api.gaps("far/crash"))[0]).toMatchObject({ recovered: true });
});

test("the page of the hosts says what is known of each, and why one is not reached in ssh's own words", async ({
  page,
}) => {
  test.setTimeout(240_000);
  await open(page, "/hosts");
  const panel = (name: string) => page.getByRole("region", { name, exact: true });
  const seen = ["observed now", /systemd \d+.*, \d+ units watched/, /Round trip\s*[\d.]+ ms/];
  const known = [/Clock\s*agrees/, /Journal\s*goes back to/, /Rights\s*root: reads and acts/];
  for (const name of ["near", "far"])
    for (const words of [...seen, ...known]) await expect(panel(name)).toContainText(words);
  await expect(panel("barred")).toContainText("never reached yet");
  // It is the same machine as far: where that was cut off, ssh said so of this one too, until it tries again.
  await expect(panel("barred")).toContainText("Permission denied (publickey)", { timeout: 60_000 });
  await expect(panel("mute")).toContainText("never reached yet");
  await expect(panel("mute")).toContainText(/not.*within|no answer|timed out/i, { timeout: 60_000 });
});

test("a name that is none is refused wherever it comes from, and nothing of it is executed", async () => {
  const { signalbox, near, far } = hosts;
  const speaking = "[Service]\nExecStart=/bin/sh -c 'echo it runs; exec sleep infinity'\n";
  const mark = "/srv/lab/executed";
  const file = signalbox.config ?? "";
  const good = readFileSync(file, "utf8");
  const errors = async () => (await api.get<Health>("/health")).body.configErrors;
  for (const unit of ["a b.service", "--version", `x;touch ${mark};.service`, `$(touch ${mark}).service`]) {
    writeFileSync(file, good.replace("sb-absent.service", JSON.stringify(unit)));
    await until(`${unit} is refused`, async () =>
      (await errors()).some((error) => error.includes("a unit is the name of a systemd service")),
    );
    writeFileSync(file, good);
    await until("the good file is in force", async () => (await errors()).length === 0);
  }
  for (const name of ["--version", `x;touch ${mark}`, "a b", "x\\x3btouch"]) {
    const address = `/services/far/${encodeURIComponent(name)}`;
    expect((await api.get(address)).status, name).toBe(404);
    expect((await api.command(`far/${encodeURIComponent(name)}`, "start")).status, name).toBe(404);
  }
  for (const event of ["stop;true", "--version", "reload"])
    expect((await api.post("/services/far/simple/commands", { event })).status, event).toBe(422);

  // A leading "-" and a backslash are systemd's to allow: they arrive as they are.
  for (const name of oddNames) {
    await far.writeUnit(`${name}.service`, speaking);
    const id = `far/${encodeURIComponent(name)}`;
    const { body } = await api.command(id, "start");
    expect(await api.fate(body), name).toMatchObject({ status: "proven" });
    expect((await far.systemctl("is-active", "--", `${name}.service`)).stdout, name).toBe("active\n");
    await until(`the log of ${name} is there`, async () => {
      const { body: log } = await api.get<{ items: LogLine[] }>(`/services/${id}/logs?lines=20`);
      return log.items.some(({ text }) => text === "it runs");
    });
  }
  for (const host of [near, far]) expect((await host.run("test", "-e", mark)).code).toBe(1);
});
