import { expect, test } from "vitest";
import { judgeThrash } from "../../insight/thrash/judge";
import { recordOf } from "../../insight/thrash/record";
import { Drive, process, ready } from "./testing/drive";

const s = 1_000_000;
const limits = { errors: 3, withinMs: 600_000 };

/** As captured without an edge: started, 503 until the start timeout at 15 s, started again at 20 s. */
function loop(periods: number): Drive {
  const drive = new Drive("Stopped").take(process("Starting", 0, "start"), ready(0, s));
  for (let n = 0; n < periods; n++) {
    const from = n * 20 * s;
    drive.take(process("Error", from + 15 * s, "initialization failed"));
    drive.take(process("Starting", from + 20 * s, "restart"), ready(0, from + 21 * s));
  }
  return drive;
}

test("a tunnel without an edge goes round and round, each move by its edge", () => {
  expect(loop(2).words).toEqual([
    "Stopped start> Starting",
    "Starting connecting> Connecting",
    "Connecting initialization failed> Error",
    "Error restart> Starting",
    "Starting connecting> Connecting",
    "Connecting initialization failed> Error",
    "Error restart> Starting",
    "Starting connecting> Connecting",
  ]);
});

test("systemd's start limit never sees it, and it is a crash loop here within a minute", () => {
  const moves = loop(3).moves.map((move, index) => ({ ...move, key: String(index) }));
  expect(judgeThrash(recordOf(moves), 60 * s, limits, [])).toMatchObject({
    level: "crash-loop",
    since: 15 * s,
  });
});

test("it says in how many starts it has tried in vain, and for how long", () => {
  expect(loop(0).told?.activity).toBe("connecting");
  expect(loop(1).told?.activity).toBe(
    "connecting; has tried to connect, in 2 starts: no connection came of it",
  );
  expect(loop(10).told?.activity).toBe(
    "connecting; has tried to connect for 3 min, in 11 starts: no connection came of it",
  );
});

test("one connection ends the row, and so does somebody who stops it", () => {
  const connected = loop(5).take(ready(1, 102 * s), ready(0, 103 * s), process("Error", 104 * s));
  expect(connected.take(process("Starting", 105 * s), ready(0, 106 * s)).told?.activity).toBe("connecting");
  const stopped = loop(5).take(process("Stopping", 102 * s), process("Stopped", 103 * s));
  expect(stopped.take(process("Starting", 105 * s), ready(0, 106 * s)).told?.activity).toBe("connecting");
});
