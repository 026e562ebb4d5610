import { spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, onTestFinished, test } from "vitest";
import { commandLine, forwardLine, type HostAddress } from "./via";

const argv = ["printf", "%s\\0", "a b", "odd@a-b_c\\x2dd.service", "$(reboot); `x` 'y' \"z\" *", "", "ü\n"];

describe("a command's words", () => {
  test("are run as they are on this machine", () => {
    expect(commandLine({}, ["journalctl", "a b"])).toEqual({ file: "journalctl", args: ["a b"] });
  });

  test("are not quoted for a prefix without ssh", () => {
    const { file, args } = commandLine({ via: ["nsenter", "-t", "1", "-a"] }, ["printf", "a b"]);
    expect([file, ...args]).toEqual(["nsenter", "-t", "1", "-a", "printf", "a b"]);
  });

  test("arrive whole through one ssh, and through an ssh within an ssh", () => {
    expect(arriving({ via: [fakeSsh(), "node1.example.net"] }, argv)).toEqual(argv.slice(2));
    const ssh = fakeSsh();
    expect(arriving({ via: [ssh, "jump.example.net", ssh, "root@192.0.2.7"] }, argv)).toEqual(argv.slice(2));
    expect(arriving({ via: [ssh, "node1.example.net", "env", "--"] }, argv)).toEqual(argv.slice(2));
  });

  test("arrive whole whatever they hold, however many ssh there are", () => {
    const ssh = fakeSsh();
    const word = fc.string({ unit: "grapheme" }).filter((text) => !text.includes("\0"));
    fc.assert(
      fc.property(
        fc.array(word, { minLength: 1, maxLength: 4 }),
        fc.integer({ min: 1, max: 2 }),
        (words, deep) => {
          const via = Array.from({ length: deep }, () => [ssh, "192.0.2.1"]).flat();
          expect(arriving({ via }, ["printf", "%s\\0", ...words])).toEqual(words);
        },
      ),
      { numRuns: 25 },
    );
  });

  test("are quoted as the configuration says where a prefix is not what it seems", () => {
    const wrapped = ["./in-a-shell", "host"];
    expect(commandLine({ via: wrapped, shell: "posix" }, ["a b"]).args).toEqual(["host", "'a b'"]);
    expect(commandLine({ via: ["ssh", "h"], shell: "none" }, ["a b"]).args.at(-1)).toBe("a b");
  });
});

describe("a forwarded stream", () => {
  const words = (address: HostAddress, target = "[::1]:80") => {
    const line = forwardLine(address, target);
    return line && [line.file, ...line.args].filter((word) => !/^-[To]$|=/.test(word));
  };

  test("is asked of the ssh that ends the prefix, before its destination", () => {
    expect(words({ via: ["ssh", "-p", "22", "root@h"] })).toEqual([
      "ssh",
      "-p",
      "22",
      "-W",
      "[::1]:80",
      "root@h",
    ]);
    expect(words({ via: ["sudo", "ssh", "--", "ssh"] })).toEqual([
      "sudo",
      "ssh",
      "-W",
      "[::1]:80",
      "--",
      "ssh",
    ]);
    expect(words({ via: ["ssh", "root@h"], shell: "none" })?.[2]).toBe("[::1]:80");
  });

  test("has its address quoted for each remote shell before the last ssh", () => {
    const through = words({ via: ["ssh", "jump.example.net", "ssh", "root@192.0.2.7"] });
    expect(through).toEqual(["ssh", "jump.example.net", "ssh", "-W", "'[::1]:80'", "root@192.0.2.7"]);
  });

  test("is none where the prefix does not end in ssh", () => {
    for (const via of [["ssh", "h", "pct", "exec", "101", "--"], ["nsenter", "-t", "1"], ["ssh"], []])
      expect(forwardLine({ via }, "localhost:80")).toBeNull();
  });
});

describe("an ssh in a prefix", () => {
  const ours = ["-T", "-o", "BatchMode=yes", "-o", "ConnectTimeout=15"];

  test("is told to ask nothing, and host keys stay as strict as they are", () => {
    const { args } = commandLine({ via: ["ssh", "root@node1.example.net"] }, ["true"]);
    expect(args.slice(0, 5)).toEqual(ours);
    expect(args.slice(-2)).toEqual(["root@node1.example.net", "true"]);
    expect(args.join(" ")).not.toMatch(/StrictHostKey|UserKnownHosts/i);
  });

  test.each([
    [["-p", "22", "-o", "ConnectTimeout=3"], []],
    [["-4vi", "key", "-p22"], []],
    [["-oBatchMode=no", "-J", "ssh"], []],
    [["-F", "config"], ["--"]],
  ])("keeps the options that the user gave first: %j", (options, dashes) => {
    const { args } = commandLine({ via: ["ssh", ...options, ...dashes, "node1.example.net"] }, ["true"]);
    expect(args.slice(0, options.length + 5)).toEqual([...options, ...ours]);
    expect(args.slice(-2 - dashes.length)).toEqual([...dashes, "node1.example.net", "true"]);
  });

  test("may lead to a host that is called ssh", () => {
    const { args } = commandLine({ via: ["/usr/bin/ssh", "ssh"] }, ["a b"]);
    expect(args.slice(-2)).toEqual(["ssh", "'a b'"]);
    expect(args.filter((word) => word === "-T")).toHaveLength(1);
  });

  test.skipIf(spawnSync("ssh", ["-V"]).status !== 0)("reads them as it is meant to", () => {
    const { file, args } = commandLine({ via: ["ssh", "-G", "-o", "ConnectTimeout=3", "192.0.2.1"] }, []);
    const settings = spawnSync(file, args, { encoding: "utf8" }).stdout;
    expect(settings).toMatch(/^batchmode yes$/m);
    expect(settings).toMatch(/^connecttimeout 3$/m);
    expect(settings).toMatch(/^serveralivecountmax 3$/m);
    expect(settings).toMatch(/^requesttty (?:false|no)$/m);
    expect(settings).toMatch(/^hostname 192\.0\.2\.1$/m);
  });
});

/** A program called ssh that does with its words what ssh does: joins them for a shell. */
function fakeSsh(): string {
  const folder = mkdtempSync(join(tmpdir(), "signalbox-via-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, "ssh");
  writeFileSync(
    path,
    '#!/bin/sh\nwhile [ "$1" = -T ] || [ "$1" = -o ]; do [ "$1" = -o ] && shift; shift; done\nshift\nexec sh -c "$*"\n',
  );
  chmodSync(path, 0o755);
  return path;
}

function arriving(address: HostAddress, words: readonly string[]): string[] {
  const { file, args } = commandLine(address, words);
  const { stdout, stderr } = spawnSync(file, args, { encoding: "utf8" });
  expect(stderr).toBe("");
  return stdout.split("\0").slice(0, -1);
}
