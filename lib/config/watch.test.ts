import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type LoadResult, loadFleet } from "./load";
import { watchFleet } from "./watch";

let folder = "";
let path = "";
let seen: LoadResult[] = [];
let stop = new AbortController();

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "watch-"));
  path = join(folder, "signalbox.yaml");
  seen = [];
  stop = new AbortController();
});
afterEach(() => stop.abort());

const begin = (known?: LoadResult) =>
  watchFleet(path, (result) => seen.push(result), stop.signal, known?.source);
const hosts = (name: string) => `hosts: { ${name}: {} }\n`;

/** What was told so far: the hosts of each fleet, or the first error. */
function told(): string[] {
  return seen.map((result) =>
    result.tag === "ok"
      ? result.fleet.hosts.map(({ name }) => name).join()
      : (result.issues[0]?.message ?? ""),
  );
}
const expectTold = (...expected: (string | RegExp)[]) =>
  vi.waitFor(() => expect(told()).toEqual(expected.map((part) => expect.stringMatching(part))), {
    timeout: 20_000,
  });

/** Long enough for every way of seeing a change to have seen it. */
const quiet = () => sleep(1_800);

test("a change is told, and then the next, errors too", async () => {
  writeFileSync(path, hosts("one"));
  begin();
  writeFileSync(path, hosts("two"));
  await expectTold("two");
  writeFileSync(path, "hosts: [");
  await expectTold("two", /not valid YAML/);
  writeFileSync(path, hosts("three"));
  await expectTold("two", /not valid YAML/, "three");
});

test("a file that another is renamed over is followed", async () => {
  writeFileSync(path, hosts("one"));
  begin();
  for (const name of ["two", "three"]) {
    writeFileSync(join(folder, "new"), hosts(name));
    renameSync(join(folder, "new"), path);
    await expectTold(...(name === "two" ? ["two"] : ["two", "three"]));
  }
});

test("an unchanged text is not told, however often it is written", async () => {
  writeFileSync(path, hosts("one"));
  begin();
  await quiet();
  writeFileSync(path, hosts("one"));
  await quiet();
  expect(told()).toEqual([]);
});

test("many writes in a row are told once, by the last", async () => {
  writeFileSync(path, hosts("one"));
  begin();
  for (let n = 0; n < 20; n++) {
    writeFileSync(path, hosts(`step${n}`));
    await sleep(10);
  }
  await expectTold("step19");
  await quiet();
  expect(told()).toEqual(["step19"]);
});

test("a change between loading and watching is not missed", async () => {
  writeFileSync(path, hosts("one"));
  const known = await loadFleet(path);
  writeFileSync(path, hosts("two"));
  begin(known);
  await expectTold("two");
});

test("a file that goes is told once, and again when it is back", async () => {
  writeFileSync(path, hosts("one"));
  begin();
  rmSync(path);
  await expectTold(/does not exist/);
  writeFileSync(path, hosts("one"));
  await expectTold(/does not exist/, "one");
});

test("a folder that appears later, goes and comes again is followed", async () => {
  path = join(folder, "later", "signalbox.yaml");
  begin();
  for (const name of ["one", "two"]) {
    mkdirSync(join(folder, "later"));
    writeFileSync(path, hosts(name));
    await vi.waitFor(() => expect(told().at(-1)).toBe(name), { timeout: 20_000 });
    rmSync(join(folder, "later"), { recursive: true });
    await vi.waitFor(() => expect(told().at(-1)).toMatch(/does not exist/), { timeout: 20_000 });
  }
});

test("a link that is set to another file is followed", async () => {
  mkdirSync(join(folder, "elsewhere"));
  writeFileSync(join(folder, "elsewhere", "one.yaml"), hosts("one"));
  writeFileSync(join(folder, "elsewhere", "two.yaml"), hosts("two"));
  symlinkSync("elsewhere/one.yaml", path);
  begin();
  writeFileSync(join(folder, "elsewhere", "one.yaml"), hosts("changed"));
  await expectTold("changed");
  symlinkSync("elsewhere/two.yaml", join(folder, "new"));
  renameSync(join(folder, "new"), path);
  await expectTold("changed", "two");
});

test("after the signal nothing is told", async () => {
  writeFileSync(path, hosts("one"));
  begin();
  writeFileSync(path, hosts("two"));
  stop.abort();
  await quiet();
  expect(told()).toEqual([]);
});
