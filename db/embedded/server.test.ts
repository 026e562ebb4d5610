import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openEmbedded } from "./server";

const root = fileURLToPath(new URL("../..", import.meta.url));
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), "signalbox-embedded-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe("an embedded server", () => {
  it("is made anew where its making was cut short", async () => {
    mkdirSync(path.join(folder, "postgres.unfinished"), { recursive: true });
    writeFileSync(path.join(folder, "postgres.unfinished", "PG_VERSION"), "18\n");
    const server = await openEmbedded(root, folder);
    expect(server.attached).toBe(false);
    await server.stop(10_000);
  });

  it("starts over a pid file whose number is another program's by now", async () => {
    await (await openEmbedded(root, folder)).stop(10_000);
    const other = spawn("sleep", ["60"]);
    writeFileSync(path.join(folder, "postgres", "postmaster.pid"), `${other.pid}\n${folder}/postgres\n`);
    const server = await openEmbedded(root, folder);
    expect(server.attached).toBe(false);
    expect(other.exitCode).toBeNull();
    await server.stop(10_000);
    other.kill();
  });

  it("is attached to, and left to its owner, where it runs already", async () => {
    const first = await openEmbedded(root, folder);
    const second = await openEmbedded(root, folder);
    expect(second.attached).toBe(true);
    expect(second.folder).toBe(first.folder);
    await first.stop(10_000);
    await second.ended;
  });

  it("of another major version is refused with what to do", async () => {
    await (await openEmbedded(root, folder)).stop(10_000);
    writeFileSync(path.join(folder, "postgres", "PG_VERSION"), "14\n");
    await expect(openEmbedded(root, folder)).rejects.toThrow(/made by PostgreSQL 14/);
  });

  it("leaves no server behind when it cannot start", async () => {
    await (await openEmbedded(root, folder)).stop(10_000);
    const settings = path.join(folder, "postgres", "postgresql.conf");
    writeFileSync(settings, `${readFileSync(settings, "utf8")}\nno_such_setting = 1\n`);
    await expect(openEmbedded(root, folder)).rejects.toThrow(/does not start/);
  });
});
