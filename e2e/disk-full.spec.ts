import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "@playwright/test";
import { faultsOf } from "./support/api";
import { isBack } from "./support/back-again";
import { Follower } from "./support/follower";
import { judge, report } from "./support/judge";
import { Signalbox } from "./support/signalbox";
import { stormFleet, stormName } from "./support/storm-fleet";

const services = 15;
const why = process.getuid?.() === 0 ? mountRefusal() : "only root may mount a small file system";

/** A disk of its own for Signalbox's data. */
function mountRefusal(): string | null {
  const folder = mkdtempSync(path.join(os.tmpdir(), "sb-disk-"));
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=1m", "tmpfs", folder], { stdio: "pipe" });
    execFileSync("umount", [folder], { stdio: "pipe" });
    return null;
  } catch {
    return "a small file system cannot be mounted here";
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test("a full disk is said while it lasts, and history goes on whole when there is room again", async () => {
  test.skip(why !== null, why ?? "");
  test.setTimeout(240_000);
  const folder = mkdtempSync(path.join(os.tmpdir(), "sb-full-"));
  const disk = path.join(folder, "disk");
  const diary = path.join(folder, "diary");
  mkdirSync(disk);
  execFileSync("mount", ["-t", "tmpfs", "-o", "size=220m,mode=700", "tmpfs", disk]);
  const data = path.join(disk, "data");
  const filler = path.join(disk, "filler");
  const fleet = stormFleet({ services, minMs: 200, spanMs: 1_500 }, diary);
  const signalbox = await Signalbox.start(fleet, {}, data);
  try {
    const api = await signalbox.api();
    const follower = new Follower(api);
    await sleep(4_000);
    const mark = signalbox.output.length;
    fill(disk, filler);
    await sleep(15_000);
    const said = signalbox.output.slice(mark);
    rmSync(filler);
    await isBack(api, services, "the full disk");
    await sleep(3_000);
    expect(said, "the log says what is wrong").toMatch(
      /No space left on device|ENOSPC|could not (write|extend)|53100/,
    );
    const { lost, doubled, wrong, openCommands, ...counts } = await judge(data, diary, follower);
    report("the full disk", { lost, doubled, wrong, ...counts });
    expect({ lost, doubled, wrong, openCommands }).toEqual({
      lost: [],
      doubled: [],
      wrong: [],
      openCommands: 0,
    });
    for (let n = 0; n < services; n += 1) expect(faultsOf(await api.history(stormName(n)))).toEqual([]);
    follower.close();
  } finally {
    await signalbox.remove();
    execFileSync("umount", [disk]);
    rmSync(folder, { recursive: true });
  }
});

/** To the last byte; what is freed in between is taken too. */
function fill(disk: string, filler: string): void {
  for (let left = free(disk); left > 4_096; left = free(disk)) {
    try {
      writeFileSync(filler, Buffer.alloc(Math.min(left, 16_000_000)), { flag: "a" });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ENOSPC") throw error;
      return;
    }
  }
}

function free(disk: string): number {
  const { bavail, bsize } = statfsSync(disk);
  return bavail * bsize;
}
