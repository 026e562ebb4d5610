import { afterAll, beforeAll, expect, onTestFinished, test, vi } from "vitest";
import { describeOnHosts } from "../../../e2e/support/systemd/describe-on-hosts";
import { SystemdHost } from "../../../e2e/support/systemd-host";
import type { BusEvent } from "./bus-events";
import { measureClockOffset } from "./clock-offset";
import { explainError } from "./explain-error";
import { keepLinked, type LinkDown } from "./host-link";
import { openSession } from "./open-session";
import type { Session } from "./session";
import type { HostAddress } from "./via";

const never = new AbortController().signal;
const odd = "odd@a-b_c\\x2dd.service";
const sleeper = "[Service]\nExecStart=/bin/sleep infinity\n";
/** An empty unit file is a masked unit. */
const units = {
  "odd@.service": sleeper,
  "allowed.service": sleeper,
  "steady.service": sleeper,
  "masked.service": "",
};
const rule = `polkit.addRule(function (action, subject) {
  if (action.id == "org.freedesktop.systemd1.manage-units" && subject.user == "watcher" &&
      action.lookup("unit") == "allowed.service" && action.lookup("verb") != "stop") return "yes";
});
`;

describeOnHosts("a session with a real systemd", () => {
  let host: SystemdHost;
  let local: HostAddress;
  let remote: HostAddress;

  beforeAll(async () => {
    host = await SystemdHost.boot({
      name: "node1",
      ssh: true,
      units,
      files: { "/etc/polkit-1/rules.d/10-allowed.rules": rule },
    });
    local = { bus: host.busAddress };
    remote = { via: host.sshCommand };
  }, 180_000);

  afterAll(() => host?.halt());

  async function open(address: HostAddress): Promise<Session> {
    const session = await openSession(address, never);
    onTestFinished(() => session.close());
    return session;
  }

  function follow(session: Session): BusEvent[] {
    const events: BusEvent[] = [];
    session.follow((event) => events.push(event));
    return events;
  }

  const until = (check: () => void) => vi.waitFor(check, { timeout: 50_000, interval: 20 });

  test("is had by the bus's address, by a prefix and over ssh, and tells whom it runs as", async () => {
    const sessions = await Promise.all([open(local), open({ via: host.via }), open(remote)]);
    for (const session of sessions) {
      expect(session.facts.version).toMatch(/^\d{3}/);
      expect(session.facts.bootStamp?.at).toBeGreaterThan(1_700_000_000_000_000);
      expect(session.facts.uid).toBe(0);
      expect(await session.systemState()).toBe("running");
      expect(await session.ping()).toBeGreaterThan(0);
      expect(session.lastHeardAt).toBeTypeOf("number");
    }
    const watcher = await open({ via: host.sshCommandAs("watcher") });
    expect(watcher.facts.uid).toBeGreaterThanOrEqual(1000);
  });

  test("starts and stops an instance with an escaped name over ssh, and hears all of it", async () => {
    const session = await open(remote);
    expect(await session.load(odd)).toBe(odd);
    expect(await session.ref(odd)).toBe(true);
    const events = follow(session);
    const { job } = await session.enqueue(odd, "start");
    await until(() => expect(events).toContainEqual({ tag: "job-removed", job, unit: odd, result: "done" }));
    expect(events).toContainEqual({ tag: "job-new", job, unit: odd });
    const running = await session.unitProperties(odd);
    expect(running).toMatchObject({ loadState: "loaded", activeState: "active", type: "simple", job: 0 });
    expect(running.boundTo).toContain("sysinit.target");
    expect(running.invocation).toMatch(/^[0-9a-f]{32}$/);
    expect(await session.processes(odd)).toEqual([
      { cgroup: expect.stringContaining("odd"), pid: running.mainPid, command: "/bin/sleep infinity" },
    ]);
    expect((await session.usage(odd)).tasks).toBe(1);
    const stopping = await session.enqueue(odd, "stop");
    await until(() =>
      expect(events).toContainEqual(expect.objectContaining({ tag: "job-removed", ...stopping })),
    );
    expect(await session.unitProperties(odd)).toMatchObject({ activeState: "inactive", subState: "dead" });
    expect(await session.processes(odd)).toEqual([]);
    const told = events.flatMap((event) =>
      event.tag === "properties" && event.unit === odd ? (event.properties.activeState ?? []) : [],
    );
    expect([told[0], told.at(-1)]).toEqual(["inactive", "inactive"]);
    expect(told).toContain("active");
  });

  test("tells systemctl's own instants, to the microsecond", async () => {
    const session = await open(local);
    await host.systemctl("restart", "steady.service");
    const { activeEnter, stateChange, execMainStart } = await session.unitProperties("steady.service");
    const show = async (property: string) =>
      (await host.systemctl("show", "--timestamp=us+utc", "-P", property, "steady.service")).stdout.trim();
    const shown = (at: number | undefined) => {
      const fraction = String((at ?? 0) % 1_000_000).padStart(6, "0");
      return new Date((at ?? 0) / 1_000).toISOString().replace("T", " ").slice(0, 19).concat(".", fraction);
    };
    expect(await show("ActiveEnterTimestamp")).toContain(shown(activeEnter?.at));
    expect(await show("StateChangeTimestamp")).toContain(shown(stateChange?.at));
    expect(await show("ExecMainStartTimestamp")).toContain(shown(execMainStart?.at));
    expect(await show("ActiveEnterTimestampMonotonic")).toBe(String(activeEnter?.monotonic));
  });

  test("lists what is loaded, what matches, and what cannot be loaded with the reason", async () => {
    const session = await open(local);
    await host.systemctl("start", "steady.service");
    const names = ["steady.service", "nosuch.service", "masked.service", "sb-badsetting.service"];
    const rows = await session.listUnitsByNames(names);
    expect(rows.map(({ load }) => load)).toEqual(["loaded", "not-found", "masked", "bad-setting"]);
    expect(rows[0]).toMatchObject({ active: "active", sub: "running", job: 0, jobType: "" });
    const matching = await session.listUnitsByPatterns(["active"], ["stea*.service"]);
    expect(matching.map(({ unit }) => unit)).toEqual(["steady.service"]);
    expect((await session.listUnits()).map(({ unit }) => unit)).toContain("multi-user.target");
    expect((await session.unitProperties("sb-badsetting.service")).loadError).not.toBe("");
  });

  test("tells a daemon-reload, and goes on after a daemon-reexec", async () => {
    const session = await open(local);
    const events = follow(session);
    await host.writeUnit("late.service", sleeper);
    await until(() => expect(events).toContainEqual({ tag: "reloading", active: false }));
    expect(events.findIndex((event) => event.tag === "reloading" && event.active)).toBeGreaterThanOrEqual(0);
    await host.systemctl("daemon-reexec");
    await until(() => expect(events).toContainEqual({ tag: "manager-back" }));
    await host.systemctl("start", "late.service");
    await until(() =>
      expect(events).toContainEqual(expect.objectContaining({ tag: "job-removed", unit: "late.service" })),
    );
  });

  test("says in words why something is refused, and what would allow it", async () => {
    const session = await open(remote);
    const why = async (unit: string, of: Session = session, verb: "start" | "stop" = "start") => {
      const error = await of.enqueue(unit, verb).catch((reason: unknown) => reason);
      return explainError(error, unit, verb, of.facts.uid);
    };
    expect(await why("masked.service")).toMatch(/systemctl unmask masked.service/);
    expect(await why("nosuch.service")).toMatch(/the host has no nosuch.service/);
    expect(await why("sb-badsetting.service")).toMatch(/systemd-analyze verify sb-badsetting.service/);
    expect(await why("--version")).toMatch(/is not the name of a unit/);
    expect(await why("odd@.service")).toMatch(/name an instance/);
    const watcher = await open({ via: host.sshCommandAs("watcher") });
    const { uid } = watcher.facts;
    expect(await why("steady.service", watcher, "stop")).toMatch(
      new RegExp(
        `uid ${uid} may not stop steady.service .*manage-units with unit steady.service and verb stop`,
      ),
    );
    expect(await watcher.ref("steady.service")).toBe(false);
    expect(await watcher.enqueue("allowed.service", "start")).toEqual({ job: expect.any(Number) });
    expect(await why("allowed.service", watcher, "stop")).toMatch(/verb stop/);
  });

  test("is not fooled by signals that somebody else on the host sends", async () => {
    const session = await open(local);
    const events = follow(session);
    const { stdout } = await host.run("busctl", "list", "--unique", "--no-legend", "--no-pager");
    const names = stdout.split("\n").flatMap((line) => line.split(" ")[0] || []);
    const forged = ["/org/freedesktop/systemd1", "org.freedesktop.systemd1.Manager.JobNew", "uint32:4711"];
    for (const name of names) {
      const to = ["dbus-send", "--system", "--type=signal", `--dest=${name}`];
      await host.run(...to, ...forged, "objpath:/org/freedesktop/systemd1/job/4711", "string:steady.service");
    }
    const { job } = await session.enqueue("steady.service", "restart");
    await until(() => expect(events).toContainEqual(expect.objectContaining({ tag: "job-removed", job })));
    expect(events.filter((event) => "job" in event && event.job === 4711)).toEqual([]);
  });

  test("does not come about with the reason in ssh's words, and what to do", async () => {
    const [ssh = "", ...words] = host.sshCommand;
    const why = (via: readonly string[]) =>
      openSession({ via }, never).catch((error: Error) => error.message);
    expect(await why([ssh, "-o", "UserKnownHostsFile=/dev/null", ...words])).toMatch(
      /^The host key is not known; connect once by hand .*: .*Host key verification failed/,
    );
    expect(
      await why([ssh, "-o", "IdentityFile=none", "-F", "/dev/null", "-l", "nobody", ...words.slice(2)]),
    ).toMatch(/Could not resolve hostname|refused/);
    expect(await why([...host.sshCommand, "env", "PATH=/nonexistent"])).toMatch(
      /^systemd-stdio-bridge is not installed there/,
    );
    expect(await why([...host.sshCommand, "echo", "Welcome!;"])).toMatch(/no D-Bus: it says "Welcome!/);
  });

  test("knows how far the host's clock is from ours", async () => {
    const offset = await measureClockOffset(remote, never);
    expect(Math.abs(offset?.offsetUs ?? Number.NaN)).toBeLessThanOrEqual(offset?.uncertaintyUs ?? 0);
  });

  test("ends when the line is cut, and the link comes back by itself when it is mended", async () => {
    const { ups, downs } = linked(remote);
    await until(() => expect(ups).toHaveLength(1));
    await host.cut();
    await until(() => expect(downs.length).toBeGreaterThan(0));
    expect(downs[0]?.reason).toMatch(/not answered for|not responding|Timeout/);
    await host.mend();
    await until(() => expect(ups).toHaveLength(2));
  }, 120_000);

  test("says that the host goes down, and the link finds it again as another boot", async () => {
    const { ups, downs, events } = linked(local);
    await until(() => expect(ups).toHaveLength(1));
    await host.reboot();
    expect(events).toContainEqual({ tag: "system-shutdown" });
    expect(downs.length).toBeGreaterThan(0);
    await until(() => expect(ups.length).toBeGreaterThan(1));
    expect(ups.at(-1)?.facts.bootStamp?.at).not.toBe(ups[0]?.facts.bootStamp?.at);
  }, 180_000);

  function linked(address: HostAddress) {
    const ups: Session[] = [];
    const downs: LinkDown[] = [];
    const events: BusEvent[] = [];
    const onUp = (session: Session) => {
      ups.push(session);
      session.follow((event) => events.push(event));
    };
    const link = keepLinked(address, { onUp, onDown: (down) => downs.push(down) });
    onTestFinished(() => link.close());
    return { ups, downs, events };
  }
});
