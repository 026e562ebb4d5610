import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { advance } from "../../../machine/advance";
import { service } from "../../../machine/kinds/service";
import type { Move } from "../../../machine/observation";
import { readBusctl } from "./read-busctl";
import { readSignals } from "./read-signals";
import { replayUnit } from "./replay-unit";
import type { UnitCapture } from "./unit-captures";

const folder = new URL("../fixtures/captures/", import.meta.url);
const settleMs = 1000;

function movesOf(capture: UnitCapture): Move[] {
  const [opened] = capture.facts;
  let current = { state: opened?.tag === "opened" ? opened.state : null, seq: 0 };
  const told: Move[] = [];
  for (const { observations } of replayUnit(capture, settleMs)) {
    for (const observation of observations) {
      const moves = advance(service, current, observation);
      told.push(...moves);
      const last = moves.at(-1);
      if (last) current = { state: last.to, seq: last.seq };
    }
  }
  return told;
}

/** `event> state (cause)`; a tilde marks what was inferred, a question mark what no edge allows. */
function inWords({ to, event, inferred, declared, cause }: Move): string {
  return `${event ?? ""}${declared ? "" : "?"}> ${inferred ? "~" : ""}${to} (${cause.kind})`;
}

/** Units without a move are left out: of most, a capture holds no more than that they are there. */
function tell(captures: readonly UnitCapture[]): Record<string, string[]> {
  return Object.fromEntries(
    captures.flatMap((capture) => {
      const moves = movesOf(capture).map(inWords);
      return moves.length === 0 ? [] : [[capture.unit.replace(".service", ""), moves]];
    }),
  );
}

const read = (capture: string, form: string) =>
  readFileSync(new URL(`${capture}.${form}.jsonl`, folder), "utf8");

const start = "start> Starting (host-operator)";
const again = "restart> Starting (host-operator)";
const automatic = "restart> Starting (service-manager)";
const ready = "initialized successfully> Running (host-operator)";
const initFailed = "initialization failed> Error (service)";
const stop = "stop> Stopping (host-operator)";
const stopped = "stopped successfully> Stopped (host-operator)";
const skipped = "skipped> Stopped (service-manager)";
const reset = "reset> Stopped (host-operator)";
const restartOfStarting = [
  "?> Restarting (host-operator)",
  "restart initiated> Starting (host-operator)",
] as const;

/**
 * What each capture shows, from its note and DOMAIN §6: where a Type=simple unit is meant, what came
 * within a second of its start happened to a Starting, and the end of the capture settles nothing.
 */
const expected: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  "01-simple-start": { "sb-simple": [start] },
  "02-simple-reload": {},
  "03-simple-restart": {
    "sb-simple": ["restart> Restarting (host-operator)", "restart initiated> Starting (host-operator)"],
  },
  "04-simple-stop": { "sb-simple": [stop, stopped] },
  "05-notify-start": { "sb-notify": [start, ready] },
  "07-notify-stop": { "sb-notify": [stop, stopped] },
  "10-startfail-simple": { "sb-startfail-simple": [start, initFailed] },
  "11-startfail-notify": { "sb-startfail-notify": [start, initFailed] },
  "13-startfail-pre": { "sb-startfail-pre": [start, initFailed] },
  "14-starttimeout": { "sb-starttimeout": [start, "initialization failed> Error (service-manager)"] },
  "15-crash-restart": { "sb-crash-restart": [start, ready, "runtime error> Error (service)", automatic] },
  "17-crash-norestart": { "sb-crash-norestart": [start, ready, "runtime error> Error (service)"] },
  "18-failed-reset": { "sb-crash-norestart": [reset] },
  "19-failed-restart": { "sb-crash-norestart": [start, initFailed, again] },
  // The third automatic restart is refused; the start by hand after it changes nothing any more.
  "21-thrash-startlimit": {
    "sb-thrash": [
      start,
      initFailed,
      automatic,
      initFailed,
      automatic,
      initFailed,
      automatic,
      "initialization failed> Error (service-manager)",
      reset,
    ],
  },
  "23-cleanexit": { "sb-cleanexit": [start, ready, "exited> Stopped (service)"] },
  "25-oneshot": { "sb-oneshot": [start, "finished> Stopped (service)"] },
  // Nothing is left to stop: systemd passes through deactivating within one signal.
  "26-oneshot-remainafterexit": {
    "sb-oneshot-rae": [start, ready, "stop> ~Stopping (host-operator)", stopped],
  },
  "28-condition": { "sb-condition": [start, skipped] },
  "29-assert": { "sb-assert": [start, skipped] },
  "30-dependency": { "sb-startfail-notify": [again, initFailed], "sb-dependent": [start, skipped] },
  "32-forking": { "sb-forking": [start, ready, stop, stopped] },
  "33-masked": {},
  "34-notfound": {},
  "35-badsetting": {},
  "36-stopfail": { "sb-stopfail": [start, stop, "stop failed> Error (service)"] },
  "38-java143-successexitstatus": { "sb-java143ok": [start, stop, stopped] },
  "39-daemon-reload": {},
  "40-manual-restart-storm": {
    "sb-restartstorm": [
      start,
      ...restartOfStarting,
      ...restartOfStarting,
      ...restartOfStarting,
      ...restartOfStarting,
      "?> Restarting (host-operator)",
      "restart initiated> ~Starting (host-operator)",
      "initialization failed> Error (service-manager)",
      reset,
    ],
  },
  "41-execcondition": { "sb-execcond": [start, skipped] },
  "42-slow-pre-post": { "sb-slowpre": [start, ready, stop, stopped] },
  "43-waiting-job": { "sb-waiting": [start], "sb-notify": [start, ready] },
  "45-external-sigterm-restart-on-failure": {
    "sb-crash-restart": [start, "finished> Stopped (unknown)"],
  },
  "46-start-already-active": { "sb-simple": [start] },
  "47-stop-already-stopped": { "sb-simple": [stop, stopped] },
  "48-restart-stopped": { "sb-simple": [start] },
  "50-start-while-stopping": { "sb-notify": [stop, start, ready] },
  "52-abort-coredump": { "sb-abort": [start, initFailed] },
  "55-daemon-reload-while-running": { "sb-simple": [start, ready, stop, stopped] },
  "56-unit-file-changed-needdaemonreload": { "sb-simple": [start, stop, stopped] },
};

const captures = readdirSync(folder)
  .filter((name) => name.endsWith(".signals.jsonl"))
  .map((name) => name.replace(".signals.jsonl", ""));

test("every capture is in the table", () => {
  expect(captures.toSorted()).toEqual(Object.keys(expected).toSorted());
});

test.each(captures)("%s: the signals tell the moves that were made", (capture) => {
  expect(tell(readSignals(read(capture, "signals")))).toEqual(expected[capture]);
});

test.each(captures)("%s: busctl's own record of the bus tells the same moves", (capture) => {
  expect(tell(readBusctl(read(capture, "busctl")))).toEqual(expected[capture]);
});

test.each(captures)("%s: the moves are in order, each under a key of its own", (capture) => {
  for (const unit of readSignals(read(capture, "signals"))) {
    const moves = movesOf(unit);
    expect(moves.map(({ at }) => at)).toEqual(moves.map(({ at }) => at).toSorted((a, b) => a - b));
    expect(new Set(moves.map(({ sourceKey }) => sourceKey)).size).toBe(moves.length);
  }
});

test("instants are systemd's own, to the microsecond", () => {
  const [unit] = readSignals(read("03-simple-restart", "signals"));
  expect(unit && movesOf(unit).map(({ at, monotonic, sourceKey }) => ({ at, monotonic, sourceKey }))).toEqual(
    [
      {
        at: 1795383987444850,
        monotonic: 773032900,
        sourceKey: "8a67e012bf784b188d9a15bc6375d475/Restarting",
      },
      {
        at: 1795383987456500,
        monotonic: 773044550,
        sourceKey: "ef977c5f4bd4425a833136c1c340ff86/Starting",
      },
    ],
  );
});

test("a capture that was cut off in the middle of a line is read up to there", () => {
  const text = read("04-simple-stop", "signals");
  expect(tell(readSignals(`${text.trimEnd()}\n{"t":17953`))).toEqual(expected["04-simple-stop"]);
});

test("a line in the middle that is no JSON is named", () => {
  expect(() => readBusctl('{"type":"signal"}\nSignal  Type=\n{}')).toThrow("line 2 is no JSON");
});
