import { setTimeout as sleep } from "node:timers/promises";
import { compare, readDiary } from "./diary";
import type { Follower } from "./follower";
import { Records } from "./history-check";
import { until } from "./processes";

/** Asks the database of a Signalbox, embedded in its data folder or at a URL. */
export async function withRecords<T>(server: string, read: (records: Records) => Promise<T>): Promise<T> {
  const records = new Records(server);
  try {
    return await read(records);
  } finally {
    await records.end();
  }
}

/**
 * Everything that may be wrong with the history of a storm, and what it consists of: held against
 * the children's own diary and against what the live feed told. Ask while the fleet still moves.
 */
export async function judge(server: string, diary: string, follower: Follower) {
  return withRecords(server, async (records) => {
    await until("every command has its verdict", async () => (await records.openCommands()) === 0, 60_000);
    const written = readDiary(diary);
    await sleep(3_000); // what a child wrote down a moment ago is on its way
    const [rows, gaps, tellings] = [await records.rows(), await records.gaps(), await records.tellings()];
    const first = Number.parseInt(follower.tellings[0] ?? "0", 10);
    const due = [...tellings].filter((key) => Number.parseInt(key, 10) >= first);
    const untold = () => {
      const told = new Set(follower.tellings);
      return due.filter((key) => !told.has(key));
    };
    await until("the feed has told everything", () => untold().length === 0, 20_000).catch(() => {
      // the comparison below says what is missing
    });
    const { lost, doubled, ...compared } = compare(written, rows, gaps);
    return {
      transitions: rows.length,
      gaps: gaps.length,
      ...compared,
      lost,
      doubled: [...doubled, ...(await records.doubled())],
      told: due.length,
      untold: untold(),
      toldTwice: follower.tellings.length - new Set(follower.tellings).size,
      connections: follower.connections,
      openCommands: await records.openCommands(),
    };
  });
}

/** What a judgement says when nothing is wrong. */
export const nothingWrong = {
  lost: [],
  doubled: [],
  wrong: [],
  untold: [],
  toldTwice: 0,
  openCommands: 0,
};

/** Prints the counts for whoever reads the test's output. */
export function report(title: string, found: object): void {
  const lines = Object.entries(found).map(([name, value]) => {
    const shown = Array.isArray(value)
      ? value.length
      : typeof value === "object"
        ? JSON.stringify(value)
        : value;
    return `  ${name}: ${shown}`;
  });
  process.stdout.write(`${title}:\n${lines.join("\n")}\n`);
}
