import { spawn } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { afterAll, beforeAll, expect, it } from "vitest";
import { until } from "./processes";
import { describeOnHosts } from "./systemd/describe-on-hosts";
import { run } from "./systemd/run";
import { SystemdHost } from "./systemd-host";

const said = `[Service]
ExecStart=/bin/echo a line of this unit
`;

describeOnHosts("a test host", () => {
  let host: SystemdHost;
  let other: SystemdHost;

  beforeAll(async () => {
    const first = SystemdHost.boot({ name: "node1", ssh: true, units: { "said.service": said } });
    const second = SystemdHost.boot({ name: "node2", journalStorage: "volatile" });
    [host, other] = await Promise.all([first, second]);
  }, 180_000);

  afterAll(async () => {
    await Promise.all([host?.halt(), other?.halt()]);
  });

  const busctl = (...argv: string[]) => run(["busctl", `--address=${host.busAddress}`, ...argv]);

  it("is up with nothing failed", async () => {
    expect((await host.systemctl("is-system-running")).stdout).toBe("running\n");
    expect((await host.run("hostname")).stdout).toBe("node1\n");
  });

  it("answers from outside on its own bus", async () => {
    const manager = ["org.freedesktop.systemd1", "/org/freedesktop/systemd1"];
    const asked = await busctl("get-property", ...manager, `${manager[0]}.Manager`, "Virtualization");
    expect(asked).toEqual({ code: 0, stdout: 's "container-other"\n', stderr: "" });
  });

  it("keeps a journal under its own boot id", async () => {
    await host.systemctl("start", "--wait", "said.service");
    const spoken = () => host.journal("_SYSTEMD_UNIT=said.service");
    await until("the line is in the journal", async () => (await spoken()).length > 0);
    expect(await spoken()).toMatchObject([{ MESSAGE: "a line of this unit", _BOOT_ID: host.bootId }]);
    const ours = readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim().replaceAll("-", "");
    expect(host.bootId).not.toBe(ours);
  });

  it("runs the fixture units", async () => {
    expect((await host.systemctl("start", "sb-notify.service")).code).toBe(0);
    expect((await host.systemctl("show", "-P", "StatusText", "sb-notify.service")).stdout).toBe("serving\n");
    expect((await host.systemctl("start", "sb-startfail-pre.service")).code).toBe(1);
    await host.systemctl("reset-failed");
  });

  it("reads units that are written later", async () => {
    await host.writeUnit("odd@.service", "[Service]\nExecStart=/bin/sleep infinity\n");
    expect((await host.systemctl("start", "odd@a-b_c\\x2dd.service")).code).toBe(0);
  });

  it("is alone with what it does: another host side by side knows nothing of it", async () => {
    await host.systemctl("start", "sb-simple.service");
    expect((await other.systemctl("is-active", "sb-simple.service")).stdout).toBe("inactive\n");
    expect((await host.systemctl("is-active", "sb-simple.service")).stdout).toBe("active\n");
    expect(other.bootId).not.toBe(host.bootId);
  });

  it("is reached over ssh, where the bridge to its bus greets", async () => {
    const bridge = spawn("ssh", [...host.sshCommand.slice(1), "systemd-stdio-bridge"]);
    let answer = "";
    bridge.stdout.on("data", (bytes) => {
      answer += bytes;
    });
    bridge.stdin.write("\0AUTH EXTERNAL\r\nDATA\r\n");
    await until("the bridge greets", () => answer.includes("OK "));
    bridge.kill();
  });

  it("has a user who may read and not act", async () => {
    const watcher = host.sshCommandAs("watcher");
    expect((await run([...watcher, "id", "-un"])).stdout).toBe("watcher\n");
    const line = await run([...watcher, "journalctl", "-n1", "-o", "cat", "-u", "sb-simple.service"]);
    expect(line.stdout).toContain("sb-simple");
    const stop = await run([...watcher, "systemctl", "--no-ask-password", "stop", "sb-simple.service"]);
    expect(stop.stderr).toContain("Interactive authentication required");
  });

  it("is out of reach while the line is cut", async () => {
    const impatient = ["ssh", "-o", "ConnectTimeout=2", ...host.sshCommand.slice(1), "true"];
    await host.cut();
    expect((await run(impatient)).stderr).toMatch(/timed out|No route|unreachable/i);
    await host.mend();
    expect((await run([...host.sshCommand, "true"])).code).toBe(0);
  });

  it("reboots with the same disk and journal, another boot id, and its clock since boot at zero", async () => {
    const before = host.bootId;
    const up = async () => Number((await host.run("cat", "/proc/uptime")).stdout.split(" ")[0]);
    writeFileSync(host.outside("/srv/lab/kept"), "");
    await host.reboot();
    expect(existsSync(host.outside("/srv/lab/kept"))).toBe(true);
    expect(host.bootId).not.toBe(before);
    expect(await up()).toBeLessThan(60);
    expect(await host.journal(`_BOOT_ID=${before}`, "_SYSTEMD_UNIT=said.service")).toHaveLength(1);
    const ends = await host.journal(`_BOOT_ID=${before}`, "MESSAGE_ID=98268866d1d54a499c4e98921d93bc40");
    expect(ends, "the journal says that it was shut down").toHaveLength(1);
    expect((await busctl("list")).code).toBe(0);
    expect((await run([...host.sshCommand, "true"])).code).toBe(0);
  });

  it("loses its power without a word, and comes back", async () => {
    const before = host.bootId;
    await host.powerOff();
    expect(await run([...host.via, "true"])).not.toMatchObject({ code: 0 });
    await host.powerOn();
    const ends = await host.journal(`_BOOT_ID=${before}`, "MESSAGE_ID=98268866d1d54a499c4e98921d93bc40");
    expect(ends).toEqual([]);
    expect((await host.systemctl("is-system-running")).stdout).toBe("running\n");
  });

  it("forgets its journal at a reboot if it is to be volatile", async () => {
    await other.reboot();
    expect((await other.run("journalctl", "--list-boots", "-q")).stdout.trim().split("\n")).toHaveLength(1);
  });
});
