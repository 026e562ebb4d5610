import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { until } from "@/e2e/support/processes";
import { describeOnHosts } from "@/e2e/support/systemd/describe-on-hosts";
import { SystemdHost } from "@/e2e/support/systemd-host";
import { advance } from "../../../machine/advance";
import { service } from "../../../machine/kinds/service";
import type { Move } from "../../../machine/observation";
import type { LogLine } from "../../../wire/service";
import { spawnOn } from "../spawn-on";
import type { JournalEntry } from "../unit-facts";
import type { RunOnHost } from "./journalctl";
import { followJournal, type HistoryRead, type HistoryWish, readHistory, readReach } from "./reader";
import { recover } from "./recover";
import { followUnitLog, readUnitLog } from "./unit-log";

const long = "x".repeat(20_000);
const units = {
  "again.service":
    "[Service]\nExecStart=/bin/sh -c 'sleep 0.2; exit 3'\nRestart=on-failure\nRestartSec=30\nStartLimitBurst=50\n",
  "always.service":
    "[Service]\nType=exec\nExecStart=/bin/sleep infinity\n[Install]\nWantedBy=multi-user.target\n",
  "absent.service": "[Service]\nExecStart=/no/such/thing\n",
  "limited.service": "[Service]\nExecStart=/bin/sleep infinity\nRuntimeMaxSec=2\n",
  "forger.service": `[Service]\nType=oneshot\nExecStart=/bin/sh -c 'printf "MESSAGE_ID=d9b373ed55a64feb8242e02dbe79a49c\\\\nUNIT=always.service\\\\nUNIT_RESULT=signal\\\\nMESSAGE=forged\\\\n" | logger --journald'\n`,
  "talker.service": `[Service]\nType=oneshot\nExecStart=/bin/sh -c 'echo plain; printf "\\\\377\\\\376 binary\\\\n"; printf "<3>an error\\\\n"; echo ${long}'\n`,
};

describeOnHosts("the journal of a real host", () => {
  let host: SystemdHost;
  const run: RunOnHost = (argv) => spawnOn({ via: host.via }, argv);
  const wish: HistoryWish = { isWanted: () => true, since: 0, limitMs: 30_000, mostEntries: 50_000 };

  beforeAll(async () => {
    host = await SystemdHost.boot({ name: "journal", units });
  }, 120_000);

  afterAll(() => host?.halt());

  async function history(more: Partial<HistoryWish> = {}): Promise<HistoryRead> {
    await host.run("journalctl", "--sync");
    return readHistory(run, { ...wish, ...more });
  }

  function movesOf({ journals }: HistoryRead, unit: string): Move[] {
    const observations = recover(journals.entriesOf(unit), {
      state: null,
      settleUs: 1_000_000,
      untilUs: journals.until ?? 0,
      observedAt: 0,
      application: false,
      boots: journals.boots,
    });
    const moves: Move[] = [];
    for (const seen of observations) {
      const last = moves.at(-1);
      moves.push(...advance(service, { state: last?.to ?? null, seq: last?.seq ?? 0 }, seen));
    }
    return moves;
  }

  const inWords = ({ event, to, cause }: Move) => `${event ?? "?"}> ${to}: ${cause.detail}`;
  const byHand = "by someone on the host";
  const ready = "systemd has it as active";
  const held = "the process has stayed up for 1 s";

  it("tells what was done to its services, and why each moved", async () => {
    const systemctl = (...argv: string[]) => host.systemctl(...argv);
    await systemctl("enable", "--now", "always.service");
    await systemctl("start", "absent.service", "limited.service", "sb-watchdog.service", "again.service");
    await until("it waits for its restart", async () => {
      const { stdout } = await systemctl("show", "-P", "SubState", "again.service");
      return stdout === "auto-restart\n";
    });
    await systemctl("stop", "again.service");
    await systemctl("start", "sb-stoptimeout.service");
    await sleep(1_500);
    await systemctl("stop", "sb-stoptimeout.service");
    await systemctl("start", "--no-block", "sb-notify.service");
    await sleep(500);
    await systemctl("restart", "sb-notify.service");
    await systemctl("daemon-reexec");
    const read = await history();

    expect(movesOf(read, "always.service").map(inWords)).toEqual([
      `?> Starting: started ${byHand}`,
      `initialized successfully> Running: started ${byHand}: ${ready}`,
    ]);
    expect(movesOf(read, "absent.service").map(inWords)).toEqual([
      `?> Starting: started ${byHand}`,
      "initialization failed> Error: /no/such/thing could not be executed: No such file or directory",
    ]);
    expect(movesOf(read, "limited.service").map(inWords)).toEqual([
      `?> Starting: started ${byHand}`,
      `initialized successfully> Running: started ${byHand}: ${held}`,
      "runtime error> Error: it ran into a time limit",
    ]);
    expect(movesOf(read, "sb-watchdog.service").map(inWords)).toEqual([
      `?> Starting: started ${byHand}`,
      `initialized successfully> Running: started ${byHand}: ${ready}`,
      "runtime error> Error: the watchdog got no sign of life in time and ended it",
    ]);
    expect(movesOf(read, "again.service").map(inWords)).toEqual([
      `?> Starting: started ${byHand}`,
      "initialization failed> Error: exited with code 3 before it was ready",
      `stopped> Stopped: stopped ${byHand}`,
    ]);
    expect(movesOf(read, "sb-stoptimeout.service").map(inWords)).toEqual([
      `?> Starting: started ${byHand}`,
      `initialized successfully> Running: started ${byHand}: ${held}`,
      `stop> Stopping: stopped ${byHand}`,
      "stop failed> Error: the stop timed out (stop-sigterm); it was killed",
    ]);
    // A restart of what is still starting: systemd says nothing before it has stopped it.
    expect(movesOf(read, "sb-notify.service").map(inWords)).toEqual([
      `?> Starting: started ${byHand}`,
      `?> Restarting: restarted ${byHand}`,
      `restart initiated> Starting: restarted ${byHand}`,
      `initialized successfully> Running: restarted ${byHand}: ${ready}`,
    ]);
  });

  it("believes no process that speaks in another unit's name", async () => {
    await host.systemctl("start", "forger.service");
    const { journals } = await history();
    expect(await host.journal("UNIT=always.service", "MESSAGE=forged")).toHaveLength(1);
    expect(journals.entriesOf("always.service").map(({ message }) => message)).not.toContain("forged");
  });

  it("goes on from a cursor without a hole, and says how far back it reaches", async () => {
    const reach = await readReach(run);
    expect(reach).toMatchObject({ bootId: host.bootId });
    const before = await history();
    expect(before).toMatchObject({
      completeFrom: reach?.oldest,
      shortened: expect.stringContaining("further"),
    });
    await host.systemctl("start", "talker.service");
    const after = await history({ afterCursor: before.cursor ?? "" });
    expect(after).toMatchObject({ completeFrom: 0, shortened: null });
    const spoken = after.journals.entriesOf("talker.service").map(({ message }) => message.split(" ")[0]);
    expect(spoken).toEqual(["Starting", "talker.service:", "Finished"]);
    expect(after.journals.entriesOf("always.service")).toEqual([]);
    expect(await history({ since: (reach?.oldest ?? 0) + 1 })).toMatchObject({ shortened: null });
  });

  it("keeps the newest when there is more than may be kept", async () => {
    const whole = await history();
    const few = await history({ mostEntries: 20 });
    expect(few.shortened).toBe("more than 20 entries");
    expect(few.completeFrom).toBeGreaterThan(whole.completeFrom);
    expect(few.cursor).toBe(whole.cursor);
    const newest = few.journals.units.flatMap((unit) => few.journals.entriesOf(unit));
    expect(newest.length).toBeGreaterThan(10);
    for (const entry of newest) expect(whole.journals.entriesOf(entry.unit ?? "")).toContainEqual(entry);
  });

  it("is followed as it is written", async () => {
    const { cursor } = await history();
    const ending = new AbortController();
    const seen: JournalEntry[] = [];
    const following = followJournal(run, cursor, (entry) => seen.push(entry), ending.signal);
    await host.systemctl("restart", "talker.service");
    await until("the last entry is told", () =>
      seen.some(({ message }) => message.startsWith("Finished talker")),
    );
    ending.abort();
    await following;
    expect(seen.filter(({ unit }) => unit === "talker.service")).toHaveLength(3);
  });

  it("that this user may not read says so, and what to do", async () => {
    const asNobody: RunOnHost = (argv) => run(["runuser", "-u", "nobody", "--", ...argv]);
    await expect(readReach(asNobody)).rejects.toThrow("add it to the group systemd-journal");
    const asWatcher: RunOnHost = (argv) => run(["runuser", "-u", "watcher", "--", ...argv]);
    expect(await readReach(asWatcher)).not.toBeNull();
  });

  it("shows a unit's own log: long and binary lines, by text, by urgency, about a moment", async () => {
    await host.run("journalctl", "--sync");
    const all = await readUnitLog(run, "talker.service", { lines: 100 });
    const texts = all.map(({ text }) => text);
    expect(texts).toContain("plain");
    expect(texts).toContain("\ufffd\ufffd binary");
    expect(texts.filter((text) => text.startsWith("xxx") && text.includes("20000 bytes"))).toHaveLength(2);
    // Two writers: which of them journald hears first at the end is not said.
    expect(texts.slice(-3).some((text) => text.startsWith("Finished talker.service"))).toBe(true);
    const query = { lines: 100, grep: "AN ERR" };
    expect(await readUnitLog(run, "talker.service", query)).toMatchObject([
      { priority: 3, text: "an error" },
      { priority: 3, text: "an error" },
    ]);
    expect(await readUnitLog(run, "talker.service", { lines: 1, priority: 3 })).toHaveLength(1);
    expect(await readUnitLog(run, "talker.service", { lines: 3 })).toEqual(all.slice(-3));
    // In the middle, where enough lines are on either side, however many of them share a millisecond.
    const moment = Date.parse(all[Math.floor(all.length / 2)]?.at ?? "") * 1000;
    const about = await readUnitLog(run, "talker.service", { lines: 4, around: moment });
    expect(all.map(({ at, text }) => `${at} ${text}`)).toEqual(
      expect.arrayContaining(about.map(({ at, text }) => `${at} ${text}`)),
    );
    expect(about).toHaveLength(4);
    await expect(readUnitLog(run, "--version", { lines: 1 })).rejects.toThrow("is not the name of a unit");
  });

  it("follows a unit's log without a hole", async () => {
    const before = await readUnitLog(run, "talker.service", { lines: 2 });
    const ending = new AbortController();
    const lines: LogLine[] = [];
    const onLine = (line: LogLine) => lines.push(line);
    const following = followUnitLog(run, "talker.service", { lines: 2 }, ending.signal, onLine);
    await until("the last lines are there", () => lines.length === 2);
    await host.systemctl("start", "talker.service");
    // Starting, four lines of its own, Deactivated, Finished.
    await until("the last line is told", () => lines.length === 9);
    ending.abort();
    await following;
    expect(lines.slice(0, 2)).toEqual(before);
    expect(lines).toEqual(await readUnitLog(run, "talker.service", { lines: lines.length }));
  });

  it("tells a shutdown, a start with the host, and that nobody saw how a lost host ended", async () => {
    await host.reboot();
    await host.powerOff();
    await host.powerOn();
    const moves = movesOf(await history(), "always.service").slice(2);
    const withHost = "started while the host boots";
    expect(moves.map(inWords)).toEqual([
      "stop> Stopping: stopped because the host shuts down",
      "stopped successfully> Stopped: stopped because the host shuts down",
      `start> Starting: ${withHost}`,
      `initialized successfully> Running: ${withHost}: ${ready}`,
      `?> Starting: ${withHost}; how it ended before, when it was Running, was not recorded`,
      `initialized successfully> Running: ${withHost}: ${ready}`,
    ]);
    expect(moves.at(-1)?.bootId).toBe(host.bootId);
  }, 180_000);
});
