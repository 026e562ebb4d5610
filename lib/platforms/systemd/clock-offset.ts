import { createInterface } from "node:readline/promises";
import { now } from "../../clock";
import type { Micros } from "../../machine/types";
import { spawnOn } from "./spawn-on";
import type { HostAddress } from "./via";

const limitMs = 20_000;
const date = ["date", "+%s.%N"];
/** Answers each line with the time: what it takes to log in is then no part of the measurement. */
const dates = ["sh", "-c", `while read -r line; do ${date.join(" ")}; done`];
const questions = 4;

/** How far a host's clock is from ours. */
export interface ClockOffset {
  /** The host's clock minus ours. */
  readonly offsetUs: Micros;
  /** The truth is at most this far off, either way. */
  readonly uncertaintyUs: Micros;
}

/**
 * Asks the host a few times what time it is, by date(1) through the command prefix; the quickest
 * answer counts. Where only `date +%s.%N` itself is allowed that is asked once. Null where neither is
 * (a forced command), or where it takes longer than 20 s. This machine's own clock is ours.
 */
export async function measureClockOffset(
  address: HostAddress,
  signal: AbortSignal,
): Promise<ClockOffset | null> {
  if (address.via === undefined) return { offsetUs: 0, uncertaintyUs: 0 };
  return (await ask(address, dates, questions, signal)) ?? (await ask(address, date, 1, signal));
}

async function ask(
  address: HostAddress,
  argv: readonly string[],
  times: number,
  signal: AbortSignal,
): Promise<ClockOffset | null> {
  if (signal.aborted) return null;
  let asked = now();
  const command = spawnOn(address, argv);
  const end = () => void command.end();
  const timer = setTimeout(end, limitMs);
  signal.addEventListener("abort", end, { once: true });
  let best: ClockOffset | null = null;
  try {
    command.stdin.write("\n");
    for await (const line of createInterface({ input: command.stdout })) {
      const offset = offsetFrom(line, asked, now());
      if (offset === null) return null;
      if (best === null || offset.uncertaintyUs < best.uncertaintyUs) best = offset;
      if (--times <= 0) break;
      asked = now();
      command.stdin.write("\n");
    }
    command.stdin.end();
    const ending = await command.ended;
    return ending.tag === "exited" && ending.code === 0 ? best : null;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", end);
    await command.end();
  }
}

function offsetFrom(
  line: string,
  before: ReturnType<typeof now>,
  after: ReturnType<typeof now>,
): ClockOffset | null {
  const there = readDate(line);
  if (there === null) return null;
  const uncertaintyUs = Math.round((after.monotonic - before.monotonic) / 2);
  // From the later reading back, so that a step of our clock meanwhile counts once.
  return { offsetUs: there - (after.at - uncertaintyUs), uncertaintyUs };
}

/** `1795386275.894034123` in microseconds; a date(1) that knows no nanoseconds is not asked on. */
function readDate(said: string): Micros | null {
  const [, seconds, nanos] = /^(\d{1,11})\.(\d{9})$/.exec(said.trim()) ?? [];
  if (seconds === undefined || nanos === undefined) return null;
  return Number(seconds) * 1_000_000 + Number(nanos.slice(0, 6));
}
