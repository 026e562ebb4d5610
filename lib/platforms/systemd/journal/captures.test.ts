import { expect, test } from "vitest";
import { advance } from "../../../machine/advance";
import { service } from "../../../machine/kinds/service";
import type { Move, Observation } from "../../../machine/observation";
import { captureNames, journalsOf, recovered } from "./testing/captures";

function movesOf(observations: readonly Observation[]): Move[] {
  const moves: Move[] = [];
  for (const observation of observations) {
    const last = moves.at(-1);
    moves.push(...advance(service, { state: last?.to ?? null, seq: last?.seq ?? 0 }, observation));
  }
  return moves;
}

/** `event> state (cause)`; a tilde marks what was inferred, a question mark what no edge allows. */
function inWords({ to, event, inferred, declared, cause }: Move): string {
  return `${event ?? ""}${declared ? "" : "?"}> ${inferred ? "~" : ""}${to} (${cause.kind})`;
}

const started = "> ~Starting (host-operator)";
const startNamed = "> Starting (host-operator)";
const ready = "initialized successfully> Running (host-operator)";
const stopped = ["stop> Stopping (host-operator)", "stopped successfully> Stopped (host-operator)"];
const firstStop = ["> Stopping (host-operator)", "stopped successfully> Stopped (host-operator)"];
const restartOfStarting = [
  "?> Restarting (host-operator)",
  "restart initiated> ~Starting (host-operator)",
] as const;

/**
 * What each capture's journal tells, from its note and DOMAIN §6. Of Type=simple only "Started" is
 * there, so Starting is inferred, and what came within a second of it happened to a start.
 */
const expected: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  "01-simple-start": { "sb-simple": [started] },
  "02-simple-reload": { "sb-simple": [] },
  "03-simple-restart": {
    "sb-simple": ["> Restarting (host-operator)", "restart initiated> ~Starting (host-operator)"],
  },
  "04-simple-stop": { "sb-simple": firstStop },
  "05-notify-start": { "sb-notify": [startNamed, ready] },
  "07-notify-stop": { "sb-notify": firstStop },
  "10-startfail-simple": { "sb-startfail-simple": [started, "initialization failed> Error (service)"] },
  "11-startfail-notify": { "sb-startfail-notify": [startNamed, "initialization failed> Error (service)"] },
  "13-startfail-pre": { "sb-startfail-pre": [startNamed, "initialization failed> Error (service)"] },
  "14-starttimeout": { "sb-starttimeout": [startNamed, "initialization failed> Error (service-manager)"] },
  "15-crash-restart": {
    "sb-crash-restart": [
      started,
      ready,
      "runtime error> Error (host-operator)",
      "restart> ~Starting (service-manager)",
    ],
  },
  "17-crash-norestart": { "sb-crash-norestart": [started, ready, "runtime error> Error (host-operator)"] },
  "18-failed-reset": {},
  "19-failed-restart": {
    "sb-crash-norestart": [
      started,
      "initialization failed> Error (host-operator)",
      "restart> ~Starting (host-operator)",
    ],
  },
  // The third automatic restart is refused; the start by hand after it changes nothing any more.
  "21-thrash-startlimit": {
    "sb-thrash": [
      started,
      "initialization failed> Error (service)",
      "restart> ~Starting (service-manager)",
      "initialization failed> Error (service)",
      "restart> ~Starting (service-manager)",
      "initialization failed> Error (service)",
      "restart> Starting (service-manager)",
      "initialization failed> Error (service-manager)",
    ],
  },
  "23-cleanexit": { "sb-cleanexit": [started, ready, "exited> Stopped (service)"] },
  "25-oneshot": { "sb-oneshot": [startNamed, "finished> Stopped (service)"] },
  "26-oneshot-remainafterexit": {
    "sb-oneshot-rae": [startNamed, ready, "stop> ~Stopping (host-operator)", stopped[1] ?? ""],
  },
  "28-condition": { "sb-condition": [started, "skipped> Stopped (service-manager)"] },
  "29-assert": { "sb-assert": [started, "skipped> Stopped (service-manager)"] },
  "30-dependency": {
    "sb-startfail-notify": [startNamed, "initialization failed> Error (service)"],
    "sb-dependent": [started, "skipped> Stopped (service-manager)"],
  },
  "32-forking": { "sb-forking": [startNamed, ready, ...stopped] },
  "33-masked": {},
  "34-notfound": {},
  "35-badsetting": { "sb-badsetting": [] },
  "36-stopfail": {
    "sb-stopfail": [started, "stop> Stopping (host-operator)", "stop failed> Error (service)"],
  },
  "38-java143-successexitstatus": { "sb-java143ok": [started, ...stopped] },
  "39-daemon-reload": {},
  "40-manual-restart-storm": {
    "sb-restartstorm": [
      started,
      ...restartOfStarting,
      ...restartOfStarting,
      ...restartOfStarting,
      ...restartOfStarting,
      ...restartOfStarting,
      "initialization failed> Error (service-manager)",
    ],
  },
  "41-execcondition": { "sb-execcond": [startNamed, "skipped> Stopped (service-manager)"] },
  "42-slow-pre-post": { "sb-slowpre": [startNamed, ready, ...stopped] },
  "43-waiting-job": { "sb-notify": [startNamed, ready], "sb-waiting": [started] },
  "45-external-sigterm-restart-on-failure": {
    "sb-crash-restart": [started, "finished> Stopped (service)"],
  },
  "46-start-already-active": { "sb-simple": [started] },
  "47-stop-already-stopped": { "sb-simple": firstStop },
  "48-restart-stopped": { "sb-simple": [started] },
  "50-start-while-stopping": {
    "sb-notify": ["> Stopping (host-operator)", "start> Starting (host-operator)", ready],
  },
  "52-abort-coredump": { "sb-abort": [started, "initialization failed> Error (service)"] },
  "55-daemon-reload-while-running": { "sb-simple": [started, ready, ...stopped] },
  "56-unit-file-changed-needdaemonreload": { "sb-simple": [started, ...stopped] },
};

test("every capture is in the table", () => {
  expect(captureNames.toSorted()).toEqual(Object.keys(expected).toSorted());
});

test.each(captureNames)("%s: the journal tells the moves that were made", (capture) => {
  const journals = journalsOf(capture);
  const told = Object.fromEntries(
    journals.units.map((unit) => [
      unit.replace(".service", ""),
      movesOf(recovered(journals, unit)).map(inWords),
    ]),
  );
  expect(told).toEqual(expected[capture]);
});

test.each(captureNames)("%s: every instant is one of the journal's own, to the microsecond", (capture) => {
  const journals = journalsOf(capture);
  for (const unit of journals.units) {
    const instants = journals.entriesOf(unit).map(({ at }) => at);
    const told = recovered(journals, unit);
    for (const { at } of told) expect(instants).toContain(at);
    expect(told.map(({ at }) => at)).toEqual(told.map(({ at }) => at).toSorted((a, b) => a - b));
    expect(new Set(told.map(({ sourceKey }) => sourceKey)).size).toBe(told.length);
  }
});
