import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, expect, test } from "vitest";
import { loadFleet } from "./load";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "config-"));
});

async function errorsOf(path: string): Promise<string[]> {
  const result = await loadFleet(path, "the.yaml");
  return result.tag === "invalid"
    ? result.issues.map(({ file, line, message }) => `${file}:${line}: ${message}`)
    : [];
}

test("a file is read, and its folder is where relative folders begin", async () => {
  const path = join(folder, "box.yaml");
  writeFileSync(
    path,
    "hosts: { t: { platform: process } }\nservices: [{ host: t, name: a, command: [a], cwd: sub }]",
  );
  expect(await loadFleet(path)).toMatchObject({
    tag: "ok",
    fleet: { services: [{ cwd: join(folder, "sub") }] },
  });
});

test("a byte order mark and Windows line ends are no mistake", async () => {
  const path = join(folder, "box.yaml");
  writeFileSync(path, "\ufeffhosts:\r\n  here: {}\r\nservice: []\r\n");
  expect(await errorsOf(path)).toEqual([expect.stringMatching(/^the.yaml:3: unknown key `service`/)]);
});

test("a file that cannot be read is told in words", async () => {
  expect(await errorsOf(join(folder, "none.yaml"))).toEqual(["the.yaml:1: the file does not exist"]);
  expect(await errorsOf(folder)).toEqual(["the.yaml:1: this is a folder; a file is needed"]);

  const file = join(folder, "file");
  writeFileSync(file, Buffer.from([0x61, 0xff, 0xfe]));
  expect(await errorsOf(file)).toEqual(["the.yaml:1: the file is not UTF-8 text"]);
  expect(await errorsOf(join(file, "below.yaml"))).toEqual([
    expect.stringContaining("a part of its path is no folder"),
  ]);

  writeFileSync(file, Buffer.alloc(5_000_001, "#"));
  expect(await errorsOf(file)).toEqual([expect.stringContaining("larger than 5 MB")]);

  symlinkSync("ring", join(folder, "ring"));
  expect(await errorsOf(join(folder, "ring"))).toEqual([
    expect.stringContaining("its links lead in a circle"),
  ]);
});

test("a pipe that nobody writes to is refused at once", async () => {
  const pipe = join(folder, "pipe");
  execFileSync("sh", ["-c", 'mkfifo "$0"', pipe]);
  expect(await errorsOf(pipe)).toEqual(["the.yaml:1: this is no regular file"]);
});

test.skipIf(process.getuid?.() === 0)(
  "a file without permission is told so (skipped as root, who may read all)",
  async () => {
    mkdirSync(join(folder, "locked"));
    const path = join(folder, "locked", "box.yaml");
    writeFileSync(path, "");
    chmodSync(path, 0);
    expect(await errorsOf(path)).toEqual(["the.yaml:1: the file may not be read: permission denied"]);
  },
);
