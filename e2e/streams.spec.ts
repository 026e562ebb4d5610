import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "@playwright/test";
import { pidsOf, residentMb } from "./support/parts";
import { until } from "./support/processes";
import { Signalbox } from "./support/signalbox";
import { stormFleet } from "./support/storm-fleet";
import { TellingReader } from "./support/telling-reader";

const streams = 200;
/** On a busy machine it takes longer until so much was told that memory would show it. */
const leastTold = 300;
/** A minute in the long form. */
const forMs = Number(process.env.SIGNALBOX_STREAMS_MS ?? 20_000);

test(`${streams} streams for ${forMs / 1000} s: all are told the same, and memory stays bounded`, async () => {
  test.skip(process.platform !== "linux", "memory is read from /proc");
  test.setTimeout(120_000 + forMs);
  const signalbox = await Signalbox.start(
    stormFleet({ services: 40, minMs: 200, spanMs: 1_500 }, "/dev/null"),
  );
  try {
    const api = await signalbox.api();
    await sleep(3_000);
    const memory = () => Math.max(...pidsOf(signalbox.data, "web").map(residentMb));
    const before = memory();
    const readers: TellingReader[] = [];
    for (let n = 0; n < streams; n += 20)
      readers.push(...(await Promise.all(Array.from({ length: 20 }, () => TellingReader.open(api)))));
    const opened = memory();
    const samples: number[] = [];
    const enoughTold = () => readers.every(({ transitions }) => transitions.length > leastTold);
    for (const end = performance.now() + forMs; performance.now() < end || !enoughTold(); await sleep(500))
      samples.push(memory());
    expect(readers.filter(({ open }) => open)).toHaveLength(streams);

    // From what the last one was told first, up to what the slowest has by now.
    const first = Math.max(...readers.map(({ transitions }) => transitions[0] ?? 0));
    const last = Math.max(...readers.map(({ transitions }) => transitions.at(-1) ?? 0));
    await until("the slowest has it all", () =>
      readers.every(({ transitions }) => (transitions.at(-1) ?? 0) >= last),
    );
    const told = new Set(
      readers.map(({ transitions }) => transitions.filter((id) => id >= first && id <= last).join(" ")),
    );
    const count = [...told][0]?.split(" ").length ?? 0;
    const after = memory();
    const toldMb = readers.reduce((sum, { bytes }) => sum + bytes, 0) / 1024 / 1024;
    // What opening them took is over after the first quarter; from then on time and telling add nothing.
    const quarter = Math.floor(samples.length / 4);
    const settled = median(samples.slice(quarter, 2 * quarter));
    const grown = median(samples.slice(-quarter)) - settled;
    const figures = { before, opened, settled, grown, highest: Math.max(...samples), after, toldMb };
    const whole = Object.entries(figures).map(([name, mb]) => [name, Math.round(mb)]);
    const counts = { streams, forMs, transitionsEach: count, different: told.size - 1 };
    process.stdout.write(`the streams: ${JSON.stringify({ ...counts, ...Object.fromEntries(whole) })}\n`);
    expect(told.size, "different tellings").toBe(1);
    expect(settled - before, "MB for the streams").toBeLessThan(150);
    expect(grown, `MB of growth while ${Math.round(toldMb)} MB were told`).toBeLessThan(40);
    expect(toldMb).toBeGreaterThan(4 * Math.max(grown, 1));
    for (const reader of readers) reader.close();
    await until("the page answers", async () => (await api.get("/services")).status === 200);
    expect(await signalbox.end(), "ms to end").toBeLessThan(5_000);
  } finally {
    await signalbox.remove();
  }
});

function median(samples: readonly number[]): number {
  return [...samples].sort((a, b) => a - b)[Math.floor(samples.length / 2)] ?? Number.NaN;
}
