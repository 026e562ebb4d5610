import { expect, test } from "vitest";
import { machineOfKind } from "../../../machine/kinds/machine-of-kind";
import { service } from "../../../machine/kinds/service";
import type { Move } from "../../../machine/observation";
import { messageIds } from "./message-ids";
import { bootB, type Fields, invocations, journalOf, moves, observed, unit } from "./testing/entries";

const [first = "", second = ""] = invocations;
const inWords = ({ event, to, cause }: Move) => `${event ?? "?"}> ${to}: ${cause.detail}`;

const starting = (invocation = first) => ({ MESSAGE_ID: messageIds.starting, INVOCATION_ID: invocation });
const started = (invocation = first) => ({ MESSAGE_ID: messageIds.started, INVOCATION_ID: invocation });
const failure = (result: string, invocation = first) => ({
  MESSAGE_ID: messageIds.failureResult,
  UNIT_RESULT: result,
  INVOCATION_ID: invocation,
});
const success = (invocation = first) => ({ MESSAGE_ID: messageIds.success, INVOCATION_ID: invocation });
const stopping = (job: string, invocation = first) => ({
  MESSAGE_ID: messageIds.stopping,
  JOB_ID: job,
  INVOCATION_ID: invocation,
});
const stopped = (job: string, type = "stop", invocation = first) => ({
  MESSAGE_ID: messageIds.stopped,
  JOB_ID: job,
  JOB_TYPE: type,
  INVOCATION_ID: invocation,
});
const scheduled = (attempt: string, invocation = first) => ({
  MESSAGE_ID: messageIds.restartScheduled,
  N_RESTARTS: attempt,
  INVOCATION_ID: invocation,
});

test("a restart after a clean exit begins in Stopped, and is systemd's own", () => {
  const journals = journalOf(
    starting(),
    started(),
    success(),
    scheduled("1"),
    stopped("7", "restart"),
    starting(second),
  );
  expect(moves(observed(journals)).slice(2).map(inWords)).toEqual([
    "exited> Stopped: ended without an error, by itself or by a signal: no job did it",
    "start> Starting: automatic restart, attempt 1",
  ]);
});

test("a move carries the key of the invocation that makes it", () => {
  const journals = journalOf(
    starting(),
    started(),
    stopping("7"),
    success(),
    stopped("7", "restart"),
    starting(second),
    started(second),
    stopping("8", second),
    success(second),
    stopped("8", "stop", second),
  );
  expect(observed(journals).map(({ sourceKey }) => sourceKey)).toEqual([
    `${first}/Starting`,
    `${first}/Running`,
    `${first}/Restarting`,
    `${second}/Starting`,
    `${second}/Running`,
    `${second}/Stopping`,
    `${second}/Stopped`,
  ]);
});

test("a start that the limit refuses is a second one of the old invocation", () => {
  const refusal = [
    scheduled("5"),
    { MESSAGE: `${unit}: Start request repeated too quickly.`, INVOCATION_ID: first },
    failure("exit-code"),
  ];
  const key = `${first}/Error#2`;
  const whole = observed(journalOf(starting(), failure("exit-code"), ...refusal));
  expect(whole.at(-1)).toMatchObject({
    sourceKey: key,
    cause: { detail: expect.stringContaining("start limit") },
  });
  expect(whole.at(-2)).toMatchObject({ state: "Starting", sourceKey: `${first}/Starting#2` });
  // The same where the earlier part is history already.
  const known = new Set([`${first}/Starting`, `${first}/Error`]);
  const rest = observed(journalOf(...refusal), { state: "Error", known });
  expect(rest.map(({ sourceKey }) => sourceKey)).toEqual([`${first}/Starting#2`, key]);
});

test("a stop that has no end yet is told once it cannot be a restart any more", () => {
  const journals = journalOf(starting(), started(), stopping("7"));
  expect(observed(journals).at(-1)?.state).toBe("Running");
  expect(observed(journals, { untilUs: 3_250_000 }).at(-1)?.state).toBe("Stopping");
});

test("a service that says nothing of being ready is up once it has held for the settle time", () => {
  const journals = journalOf(started());
  expect(observed(journals, { untilUs: 1_999_999 }).map(({ state }) => state)).toEqual(["Starting"]);
  const [begun, up] = observed(journals, { untilUs: 2_000_000 });
  expect(begun).toMatchObject({ state: "Starting", at: 1_000_000, inferred: true });
  expect(up).toMatchObject({ state: "Running", at: 1_000_000 });
  // Where the unit's type is known, it says which services that are.
  const simple = observed(journalOf(starting(), started()), { unit: { type: "simple" } });
  expect(simple.map(({ state }) => state)).toEqual(["Starting"]);
  expect(observed(journals, { unit: { type: "notify" } }).map(({ state }) => state)).toEqual([
    "Starting",
    "Running",
  ]);
});

test("what is stopped before it has held was never up, however long its stop takes", () => {
  const seen = observed(
    journalOf(
      { ...started(), AT: "1000000" },
      { ...stopping("7"), AT: "1400000" },
      { ...starting(second), AT: "2500000" },
    ),
  );
  expect(seen.map(({ state }) => state)).toEqual(["Starting", "Stopping", "Starting"]);
});

test("a failed unit that is skipped, or stopped again, stays as it is", () => {
  const skipped = { MESSAGE_ID: messageIds.started, MESSAGE: "A was skipped because of an unmet condition" };
  const stopFailed = [starting(), started(), stopping("7"), failure("exit-code"), stopped("7")];
  expect(observed(journalOf(...stopFailed, skipped)).map(({ state }) => state)).toEqual([
    "Starting",
    "Running",
    "Stopping",
    "Error",
  ]);
});

test("a killed, starved or timed out service says so", () => {
  const oom = { MESSAGE_ID: messageIds.outOfMemory, INVOCATION_ID: first };
  const late = { MESSAGE: `${unit}: start operation timed out. Terminating.`, INVOCATION_ID: first };
  const exit = {
    MESSAGE_ID: messageIds.processExit,
    EXIT_CODE: "killed",
    EXIT_STATUS: "9",
    INVOCATION_ID: first,
  };
  const lastCause = (...entries: Fields[]) =>
    moves(observed(journalOf(starting(), ...entries))).at(-1)?.cause;
  expect(lastCause(started(), oom, exit, failure("oom-kill"))).toEqual({
    kind: "host",
    detail: "out of memory: the kernel killed a process of it",
  });
  expect(lastCause(late, failure("timeout"))).toEqual({
    kind: "service-manager",
    detail: "the start timed out",
  });
  expect(lastCause(started(), exit, failure("signal"))).toEqual({
    kind: "service",
    detail: "killed by SIGKILL (signal 9)",
  });
});

test("of an application the journal tells no Running, and claims no event for the end of what it did not see", () => {
  const journals = journalOf(starting(), started(), failure("signal"));
  const besu = machineOfKind("besu") ?? service;
  const seen = observed(journals, { application: true });
  expect(moves(seen, null, besu).map(({ to, event }) => `${event}> ${to}`)).toEqual([
    "null> Starting",
    "null> Error",
  ]);
  // History knows more: what the application had told by then.
  const after = observed(journalOf(failure("signal")), { application: true, state: "Syncing" });
  expect(moves(after, "Syncing", besu).map(({ to, event }) => `${event}> ${to}`)).toEqual([
    "runtime error> Error",
  ]);
});

test("a container keeps the machine's boot id; that it began anew shows all the same", () => {
  const up = (us: string) => ({
    MESSAGE_ID: messageIds.startupFinished,
    USERSPACE_USEC: us,
    UNIT: "",
    MESSAGE: "Startup finished",
  });
  const journals = journalOf(
    starting(),
    started(),
    up("2500000"),
    starting(second),
    started(second),
    up("2500000"),
  );
  expect(moves(observed(journals)).map(inWords)).toEqual([
    "?> Starting: started while the host boots",
    "initialized successfully> Running: started while the host boots: systemd has it as active",
    "?> Starting: started while the host boots; how it ended before, when it was Running, was not recorded",
    "initialized successfully> Running: started while the host boots: systemd has it as active",
  ]);
});

test("what a host that lost power left behind is never called stopped", () => {
  const journals = journalOf(starting(), started(), { ...starting(second), _BOOT_ID: bootB });
  const last = moves(observed(journals)).at(-1);
  expect(last).toMatchObject({ from: "Running", to: "Starting", event: null, declared: false });
});

test("a timer may have been it; the journal does not say", () => {
  const triggeredBy = ["a.timer"];
  expect(observed(journalOf(starting()), { unit: { triggeredBy } })[0]?.cause).toEqual({
    kind: "unknown",
    detail: "started by a.timer, or by someone on the host: systemd does not say which",
  });
});
