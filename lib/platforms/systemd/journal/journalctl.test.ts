import { expect, it } from "vitest";
import { spawnOn } from "../spawn-on";
import { JournalError, readJournal } from "./journalctl";

const run = (argv: readonly string[]) => spawnOn({}, argv);
const shell = (script: string) => ["sh", "-c", script];
/** As over ssh: the output is closed, and how it ended is known only later. */
const lateEnd = (code: number) => shell(`echo one; echo two; exec 1>&-; sleep 0.4; exit ${code}`);

it("what was read whole counts, also where the command ends some time after its output", async () => {
  const lines: string[] = [];
  await readJournal(run, lateEnd(0), (line) => lines.push(line) > 0);
  expect(lines).toEqual(["one", "two"]);
});

it("what ends with a failure was not read, however late that is known", async () => {
  await expect(readJournal(run, lateEnd(3), () => true)).rejects.toThrow(JournalError);
});

it("who has enough waits for no end", async () => {
  const lines: string[] = [];
  await readJournal(run, shell("echo one; exec sleep 600"), (line) => lines.push(line) < 1);
  expect(lines).toEqual(["one"]);
});

it("a read that is called off ends, and is no failure", async () => {
  const off = new AbortController();
  const lines: string[] = [];
  const over = readJournal(
    run,
    shell("echo one; exec 1>&-; exec sleep 600"),
    (line) => lines.push(line) > 0,
    off.signal,
  );
  setTimeout(() => off.abort(), 200);
  await over;
  expect(lines).toEqual(["one"]);
});
