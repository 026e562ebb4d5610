import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { describe, expect, test } from "vitest";
import { endingInWords } from "./ending-words";
import { spawnOn } from "./spawn-on";
import { makeFolder } from "./testing/hostile-bus";

const sh = (script: string) => spawnOn({}, ["sh", "-c", script]);

async function words(script: string, program = "systemd-stdio-bridge"): Promise<string> {
  return endingInWords(await sh(script).ended, program);
}

describe("a command on a host", () => {
  test("has its input and output as streams, and its last words kept", async () => {
    const command = sh("cat; echo 'not so fast' >&2; exit 3");
    command.stdin.end("there and back");
    expect(await text(command.stdout)).toBe("there and back");
    expect(await command.ended).toEqual({ tag: "exited", code: 3, signal: null, said: "not so fast\n" });
  });

  test("that says much keeps its last 4 kB", async () => {
    const command = sh("i=0; while [ $i -lt 5000 ]; do echo line $i >&2; i=$((i+1)); done");
    const ending = await command.ended;
    expect(ending).toMatchObject({ said: expect.stringMatching(/line 4999\n$/) });
    expect(command.said().length).toBeLessThanOrEqual(4_096);
  });

  test("is in a session of its own, so that a Ctrl-C of Signalbox is none of its", async () => {
    const command = sh("cut -d' ' -f1,6 /proc/self/stat; ps -o pid=,sid= -p $$");
    const [pid, session] = (await text(command.stdout)).trim().split("\n").at(-1)?.trim().split(/ +/) ?? [];
    expect(pid).toBe(session);
  });

  test("is ended with all that it started, even what ignores being asked", async () => {
    const folder = makeFolder();
    const command = sh(
      `trap '' TERM; (trap '' TERM; sleep 600 & echo $! > ${folder}/pid; wait; sleep 600); sleep 600`,
    );
    const child = await pidIn(join(folder, "pid"));
    await command.end();
    expect(await command.ended).toMatchObject({ signal: "SIGKILL" });
    await expect.poll(() => runs(child)).toBe(false);
  });

  test("ends when Signalbox is killed, though nothing asks it to read or write", async () => {
    const folder = makeFolder();
    const bundle = join(folder, "main.mjs");
    const { build } = await import("esbuild");
    const source = `import { spawnOn } from ${JSON.stringify(join(import.meta.dirname, "spawn-on.ts"))};
      spawnOn({}, ["sh", "-c", "echo $$ > ${folder}/pid; exec sleep 600"]);`;
    await build({
      stdin: { contents: source, resolveDir: folder },
      bundle: true,
      platform: "node",
      format: "esm",
      outfile: bundle,
    });
    const signalbox = spawn(process.execPath, [bundle], { stdio: "ignore" });
    const child = await pidIn(join(folder, "pid"));
    expect(runs(child)).toBe(true);
    const gone = once(signalbox, "exit");
    signalbox.kill("SIGKILL");
    await gone;
    await expect.poll(() => runs(child), { timeout: 10_000 }).toBe(false);
  });
});

describe("why a command ended", () => {
  test("is told in its own words", async () => {
    expect(
      await words("echo 'ssh: connect to host 192.0.2.1 port 22: Connection refused' >&2; exit 255"),
    ).toBe("ssh: connect to host 192.0.2.1 port 22: Connection refused");
    expect(await words("printf '\\033[31mone\\r\\n\\ntwo\\nthree\\nfour\\007\\n' >&2; exit 1")).toBe(
      "two; three; four",
    );
    expect(await words("exit 4")).toBe("systemd-stdio-bridge ended there with code 4 and said nothing");
    expect(await words("kill -9 $$")).toBe("systemd-stdio-bridge ended there by SIGKILL and said nothing");
  });

  test.each([
    ["Host key verification failed.", /host key is not known; connect once by hand .*: Host key verif/],
    ["Host key for node1 has changed and you have requested strict checking.", /find out why/],
    ["deploy@192.0.2.1: Permission denied (publickey).", /a key of this user must be allowed there: deploy/],
    ["sudo: a password is required", /allow the command without one/],
    ["bash: line 1: systemd-stdio-bridge: command not found", /is not installed there, or not in the path/],
  ])("says what to do about: %s", async (said, expected) => {
    expect(await words(`echo '${said}' >&2; exit 255`)).toMatch(expected);
  });

  test("is told where it could not even be tried", async () => {
    const command = spawnOn({}, ["echo", "a\0b"]);
    expect(await text(command.stdout)).toBe("");
    expect(endingInWords(await command.ended, "echo")).toMatch(/could not be started: .*null bytes/);
    await command.end();
  });

  test("tells a program that is missing here from one that is missing there", async () => {
    const here = await spawnOn({ via: ["nosuch-ssh", "192.0.2.1"] }, ["true"]).ended;
    expect(endingInWords(here, "true")).toMatch(/^nosuch-ssh is not installed on Signalbox's own machine/);
    const there = await spawnOn({ via: ["env", "--"] }, ["nosuch-bridge"]).ended;
    expect(endingInWords(there, "nosuch-bridge")).toMatch(/^nosuch-bridge is not installed there/);
    const folder = makeFolder();
    writeFileSync(join(folder, "prefix"), "#!/bin/sh\n");
    chmodSync(join(folder, "prefix"), 0o600);
    const forbidden = await spawnOn({ via: [join(folder, "prefix")] }, ["true"]).ended;
    expect(endingInWords(forbidden, "true")).toMatch(/Permission denied|may not be executed/);
  });
});

/** An orphan that has ended may stay for a while as a zombie. */
function runs(pid: number): boolean {
  const stat = `/proc/${pid}/stat`;
  return existsSync(stat) && !/\) [ZX] /.test(readFileSync(stat, "utf8"));
}

async function pidIn(path: string): Promise<number> {
  await expect
    .poll(() => existsSync(path) && readFileSync(path, "utf8").endsWith("\n"), { timeout: 20_000 })
    .toBe(true);
  return Number(readFileSync(path, "utf8"));
}
