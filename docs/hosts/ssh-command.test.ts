import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { commandLine } from "@/lib/platforms/systemd/via";

const script = path.join(import.meta.dirname, "signalbox-ssh-command");

describe.skipIf(process.platform === "win32")("the forced command", () => {
  let folder: string;

  beforeAll(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), "signalbox-forced-"));
    // Stands in for journalctl: says which words it was given.
    writeFileSync(path.join(folder, "journalctl"), "#!/bin/sh\nprintf '%s\\0' \"$@\"\n", { mode: 0o755 });
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const ask = (asked: string) =>
    spawnSync("sh", [script], {
      encoding: "utf8",
      env: { ...process.env, PATH: `${folder}:/usr/bin:/bin`, SSH_ORIGINAL_COMMAND: asked },
    });
  /** What sshd is asked for when Signalbox runs `words` over ssh. */
  const asSent = (words: string[]) =>
    commandLine({ via: ["ssh", "node1"] }, words)
      .args.slice(-words.length)
      .join(" ");

  it("hands every word on as it was", () => {
    const text = fc.string({ unit: "grapheme" }).filter((word) => !word.includes("\0"));
    const words = fc.array(
      text.map((word) => `MESSAGE=${word}`),
      { minLength: 1 },
    );
    fc.assert(
      fc.property(words, (given) => {
        const { stdout, stderr } = ask(asSent(["journalctl", ...given]));
        expect(stderr).toBe("");
        expect(stdout.split("\0").slice(0, -1)).toEqual(given);
      }),
      { numRuns: 60 },
    );
  });

  it("reads a unit's escaped name between quotes or behind a backslash", () => {
    const asked = "journalctl --lines=1 '_SYSTEMD_UNIT=odd@a-b_c\\x2dd.service' UNIT=a\\\\x2d";
    expect(ask(asked).stdout.split("\0").slice(0, -1)).toEqual([
      "--lines=1",
      "_SYSTEMD_UNIT=odd@a-b_c\\x2dd.service",
      "UNIT=a\\x2d",
    ]);
  });

  it.each([
    "",
    "id",
    "sh -c id",
    "journalctl; id",
    "journalctl $(id)",
    "journalctl `id`",
    'journalctl "_PID=$(id)"',
    "journalctl\nid",
    "journalctl & id",
    "journalctl | id",
    "journalctl >file",
    "journalctl 'not closed",
    "journalctl --vacuum-time=1s",
    "journalctl --file=/etc/shadow",
    "journalctl -D /",
    "journalctl --rotate",
    "date",
    "date -s 2020-01-01",
    "systemd-stdio-bridge --user",
    "systemd-stdio-bridge --bus-path=unix:path=/run/systemd/private",
    "/usr/bin/journalctl",
    "journalctl\\",
  ])("refuses %j, and says so", (asked) => {
    const { status, stdout, stderr } = ask(asked);
    expect({ status, stdout }).toEqual({ status: 126, stdout: "" });
    expect(stderr).toMatch(/^signalbox-ssh-command: /);
  });
});
