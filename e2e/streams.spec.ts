import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "@playwright/test";
import { pidsOf, residentMb } from "./support/parts";
import { until } from "./support/processes";
import { Signalbox } from "./support/signalbox";
import { stormFleet } from "./support/storm-fleet";
import { TellingReader } from "./support/telling-reader";

const streams = 200;
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
    const highs: number[] = [];
    for (const end = performance.now() + forMs; performance.now() < end; await sleep(1_000))
      highs.push(memory());
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
    const words = { streams, forMs, transitionsEach: count, different: told.size - 1, before, opened, after };
    process.stdout.write(`the streams: ${JSON.stringify({ ...words, highest: Math.max(...highs) })}\n`);
    expect(told.size, "different tellings").toBe(1);
    expect(count).toBeGreaterThan(200);
    expect(after - before, "MB more than before").toBeLessThan(150);
    const half = Math.floor(highs.length / 2);
    expect(
      Math.max(...highs.slice(half)) - Math.max(...highs.slice(0, half)),
      "MB of growth meanwhile",
    ).toBeLessThan(60);
    for (const reader of readers) reader.close();
    await until("the page answers", async () => (await api.get("/services")).status === 200);
    expect(await signalbox.end(), "ms to end").toBeLessThan(5_000);
  } finally {
    await signalbox.remove();
  }
});
