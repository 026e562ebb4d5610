import { spawn } from "node:child_process";
import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { measureClockOffset } from "@/lib/platforms/systemd/clock-offset";
import { createHostDial } from "@/lib/platforms/systemd/dial";
import { readReach } from "@/lib/platforms/systemd/journal/reader";
import { openSession } from "@/lib/platforms/systemd/open-session";
import { spawnOn } from "@/lib/platforms/systemd/spawn-on";
import { createExchange } from "@/lib/probes/exchange";
import { until } from "../../e2e/support/processes";
import { describeOnHosts } from "../../e2e/support/systemd/describe-on-hosts";
import { run } from "../../e2e/support/systemd/run";
import { SystemdHost } from "../../e2e/support/systemd-host";
import { shellBlocks } from "./shell-blocks";

const pageText = readFileSync(path.join(import.meta.dirname, "../connecting-hosts.md"), "utf8");
const runs = "[Service]\nExecStart=/bin/sleep infinity\n";
const once = "[Service]\nType=oneshot\nExecStart=/bin/true\n";
const units = { "nginx.service": runs, "backup.service": once, "third.service": runs };

describeOnHosts("a host connected as the page says", () => {
  let host: SystemdHost;

  beforeAll(async () => {
    host = await SystemdHost.boot({ name: "node1", ssh: true, units });
    for (const file of ["signalbox-ssh-command", "50-signalbox.rules"])
      copyFileSync(path.join(import.meta.dirname, file), host.outside(path.join("/root", file)));
    const steps = [shellBlocks("2."), shellBlocks("3.")].join("");
    const key = steps.replace(/^KEY=.*$/m, `KEY='${host.publicKey}'`);
    expect(key).not.toBe(steps);
    writeFileSync(host.outside("/root/steps.sh"), `cd /root\n${key}`);
    expect(await host.run("sh", "-eu", "/root/steps.sh")).toMatchObject({ code: 0, stderr: "" });
    await host.systemctl("start", "nginx.service", "third.service");
  }, 120_000);

  afterAll(async () => {
    await host?.halt();
  });

  const ssh = () => [...host.sshCommand.slice(0, -1), "-l", "signalbox", ...host.sshCommand.slice(-1)];
  const ask = (asked: string) => run([...ssh(), asked]);

  /** A call to systemd over the bridge, by a client that is not ours. */
  function call(method: string, ...words: string[]) {
    const [program, ...argv] = [...ssh(), "systemd-stdio-bridge"];
    const escaped = (word: string) =>
      word.replace(/[^A-Za-z0-9_/.-]/g, (byte) => `%${byte.charCodeAt(0).toString(16)}`);
    const address = argv.map((word, index) => `argv${index + 1}=${escaped(word)}`).join(",");
    const manager = ["org.freedesktop.systemd1", "/org/freedesktop/systemd1"];
    return run([
      "busctl",
      `--address=unixexec:path=${program},${address}`,
      "call",
      ...manager,
      `${manager[0]}.Manager`,
      method,
      ...words,
    ]);
  }

  const state = async (unit: string) => (await host.systemctl("is-active", unit)).stdout.trim();

  it("tells its time", async () => {
    expect((await ask("date +%s.%N")).stdout).toMatch(/^\d+\.\d{9}\n$/);
  });

  it("gives its journal to a user of the group systemd-journal, from a cursor on", async () => {
    const read = async (...words: string[]) => {
      const { stdout } = await ask(["journalctl", "--output=json", "--no-pager", ...words].join(" "));
      return stdout.split("\n").flatMap((line) => (line === "" ? [] : [JSON.parse(line)]));
    };
    const [first, second] = await read("_PID=1", "UNIT=nginx.service", "+", "UNIT=third.service");
    expect(first).toMatchObject({ _PID: "1" });
    const after = await read(
      `'--after-cursor=${first.__CURSOR}'`,
      "UNIT=nginx.service",
      "+",
      "UNIT=third.service",
    );
    expect(after[0]).toEqual(second);
  });

  it("carries its bus", async () => {
    const bridge = spawn("ssh", [...ssh().slice(1), "systemd-stdio-bridge"]);
    let answer = "";
    bridge.stdout.on("data", (bytes) => {
      answer += bytes;
    });
    bridge.stdin.write("\0AUTH EXTERNAL\r\nDATA\r\n");
    await until("the bridge greets", () => answer.includes("OK "));
    bridge.kill();
    const got = await call("GetUnit", "s", "nginx.service");
    expect(got.stdout).toBe('o "/org/freedesktop/systemd1/unit/nginx_2eservice"\n');
  });

  it("is all that Signalbox needs", async () => {
    const via = ssh();
    const signal = AbortSignal.timeout(60_000);
    const session = await openSession({ via }, signal);
    await session.close();
    const reach = await readReach((argv) => spawnOn({ via }, argv), signal);
    expect(reach?.bootId).toBe(host.bootId);
    expect(await measureClockOffset({ via }, signal)).not.toBeNull();
  });

  it("runs nothing else", async () => {
    for (const asked of ["id", "", "date +%s.%N; id", "journalctl --rotate", "cat /etc/passwd"]) {
      const { code, stdout, stderr } = await ask(asked);
      expect({ asked, code, stdout }).toEqual({ asked, code: 126, stdout: "" });
      expect(stderr).toContain("signalbox-ssh-command: ");
    }
    const forward = await run([...ssh().slice(0, -1), "-W", "127.0.0.1:22", ...ssh().slice(-1)]);
    expect(forward.code).not.toBe(0);
  });

  it("is asked from where its key's line opens an address, and says how to open one that it does not", async () => {
    const closes = host.outside("/var/lib/signalbox-watch/.ssh/authorized_keys");
    const before = readFileSync(closes, "utf8");
    const options = /^command=".*",restrict,(port-forwarding,permitopen="\S+?")/m.exec(pageText)?.[1] ?? "";
    writeFileSync(closes, before.replace(",restrict ", `,restrict,${options} `));
    const script = `require("node:http").createServer((q, r) => r.end("well")).listen(8545, "127.0.0.1")`;
    await host.run("systemd-run", "--unit=rpc", process.execPath, "-e", script);
    const exchange = createExchange({ dial: createHostDial({ via: ssh() }) });
    const get = (port: number) =>
      exchange.ask({
        url: `http://127.0.0.1:${port}/`,
        timeoutMs: 30_000,
        signal: new AbortController().signal,
      });
    try {
      await until("it listens", async () => (await get(8545).catch(() => null))?.body === "well");
      await expect(get(9545)).rejects.toMatchObject({
        failure: "denied",
        mend: expect.stringContaining('permitopen="127.0.0.1:9545"'),
        message: expect.stringContaining("signalbox-ssh-command: "),
      });
    } finally {
      exchange.close();
      writeFileSync(closes, before);
    }
  });

  it("lets the listed units be commanded", async () => {
    expect(await call("StopUnit", "ss", "nginx.service", "replace")).toMatchObject({ code: 0, stderr: "" });
    await until("it has stopped", async () => (await state("nginx.service")) === "inactive");
    expect(await call("StartUnit", "ss", "nginx.service", "replace")).toMatchObject({ code: 0 });
    expect(await call("RestartUnit", "ss", "nginx.service", "replace")).toMatchObject({ code: 0 });
    expect(await call("ResetFailedUnit", "s", "nginx.service")).toMatchObject({ code: 0 });
    expect(await call("StartUnit", "ss", "backup.service", "replace")).toMatchObject({ code: 0 });
  });

  it("lets every unit's memory be kept", async () => {
    expect(await call("RefUnit", "s", "third.service")).toMatchObject({ code: 0 });
  });

  it("refuses other verbs, other units and all else at once", async () => {
    const refused = { code: 1, stderr: expect.stringContaining("Access denied") };
    expect(await call("StopUnit", "ss", "backup.service", "replace")).toMatchObject(refused);
    expect(await call("StopUnit", "ss", "third.service", "replace")).toMatchObject(refused);
    expect(await call("KillUnit", "ssi", "nginx.service", "main", "9")).toMatchObject(refused);
    expect((await call("Reload")).code).toBe(1);
    expect(await state("third.service")).toBe("active");
  });
});
