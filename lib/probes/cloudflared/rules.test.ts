import { describe, expect, test } from "vitest";
import { Drive, failed, mend, process, processState, ready } from "./testing/drive";

const s = 1_000_000;
const min = 60 * s;

const started = () => new Drive("Stopped").take(process("Starting", 0, "start"));
const connected = () =>
  started().take(ready(0, s), process("Running", 2 * s), ready(1, 2 * s), ready(4, 3 * s));

describe("a start", () => {
  test("is Starting, Connecting, Connected, Running", () => {
    expect(connected().words).toEqual([
      "Stopped start> Starting",
      "Starting connecting> Connecting",
      "Connecting connected> Connected",
      "Connected ready> Running",
    ]);
  });

  test("is the same where systemd calls it active a moment after the first 200", () => {
    const drive = started().take(ready(0, s), ready(1, 2 * s), process("Running", 3 * s), ready(4, 4 * s));
    expect(drive.words).toEqual(connected().words);
  });

  test("that nobody answers yet stays Starting, and says for what it waits", () => {
    const drive = started().take(failed(s), failed(2 * s, 2), failed(3 * s, 3));
    expect(drive.state).toBe("Starting");
    expect(drive.told).toMatchObject({
      activity: "waiting for its metrics server: connection refused",
      health: { status: "unknown" },
      application: { disagreement: null },
    });
    expect(drive.wakeAt).toBe(s + 2 * min);
  });

  test("that nobody answers for two minutes is unresponsive", () => {
    const drive = started().take(process("Running", s), failed(s), { tag: "tick", at: s + 2 * min });
    expect(drive.state).toBe("Starting");
    expect(drive.told).toMatchObject({
      activity: "unresponsive: connection refused",
      health: { status: "failing" },
      application: { disagreement: { since: "1970-01-01T00:00:01.000000Z" } },
    });
  });

  test("whose first answer is 200 is Running: what was not seen between is not invented", () => {
    expect(started().take(ready(2, s)).words).toEqual([
      "Stopped start> Starting",
      "Starting initialized successfully> Running",
    ]);
  });

  test("is awaited until it runs, and not after", () => {
    const drive = started();
    expect(drive.isAwaited).toBe(true);
    expect(drive.take(ready(0, s), ready(1, 2 * s)).isAwaited).toBe(true);
    expect(drive.take(ready(1, 3 * s)).isAwaited).toBe(false);
  });
});

describe("at first sight", () => {
  test.each([
    [ready(4, s), "null null> Running"],
    [ready(0, s), "null null> Connecting"],
    [failed(s), "null null> Starting"],
  ])("a tunnel that is up is what it says", (fact, move) => {
    expect(new Drive(null).take(process("Running", 0, null), fact).words).toEqual([move]);
  });

  test("nothing is asked of what nobody has seen, and nothing claimed", () => {
    const drive = new Drive(null);
    expect(drive.isAsked).toBe(false);
    expect(drive.take(ready(4, s)).words).toEqual([]);
    expect(drive.told).toBeNull();
  });
});

describe("a tunnel that is connected", () => {
  test("is degraded while connections are missing, with how many it has", () => {
    const drive = connected().take(ready(2, 4 * s));
    expect(drive.state).toBe("Running");
    expect(drive.told?.health).toEqual({
      status: "degraded",
      detail: "2 of 4 connections are registered",
      have: 2,
      want: 4,
    });
    expect(drive.take(ready(4, 5 * s)).told?.health).toMatchObject({ status: "ok", have: 4, want: 4 });
  });

  test("is measured against what it was told to hold", () => {
    const details = { connections: [], protocol: null, version: null, want: 1, requests: null };
    expect(connected().take(ready(1, 4 * s, details)).told?.health).toMatchObject({ status: "ok", want: 1 });
  });

  test("that loses them all is Reconnecting at once, and the two truths disagree since then", () => {
    const drive = connected().take(ready(0, 8 * s));
    expect(drive.words.at(-1)).toBe("Running connection lost> Reconnecting");
    expect(drive.moves.at(-1)?.cause).toEqual({
      kind: "network",
      detail: "no connection with the edge is left",
    });
    expect(drive.take(ready(0, 9 * s)).told).toMatchObject({
      health: { status: "failing", have: 0, want: 4 },
      application: {
        disagreement: {
          since: "1970-01-01T00:00:08.000000Z",
          what: "the process runs and the tunnel has no connection with Cloudflare's edge",
        },
      },
    });
  });

  test("that gets them back is Connected and Running again, and they agree", () => {
    const drive = connected().take(ready(0, 8 * s), ready(4, 34 * s), ready(4, 36 * s));
    expect(drive.words.slice(-3)).toEqual([
      "Running connection lost> Reconnecting",
      "Reconnecting reconnected> Connected",
      "Connected ready> Running",
    ]);
    expect(drive.told?.application.disagreement).toBeNull();
  });

  test("that loses them before it was held is Reconnecting, not Running", () => {
    const drive = started().take(ready(0, s), ready(1, 2 * s), ready(0, 3 * s));
    expect(drive.words.at(-1)).toBe("Connected connection lost> Reconnecting");
  });

  test("that falls silent moves nowhere; so many failures in a row are believed", () => {
    const drive = connected().take(failed(4 * s, 1), failed(5 * s, 2));
    expect(drive.told?.health.status).toBe("ok");
    expect(drive.told?.application).toMatchObject({
      says: "4 of 4 connections are registered",
      disagreement: null,
    });
    drive.take(failed(6 * s, 3));
    expect(drive.told?.application.says).toBe(`it does not answer: connection refused. ${mend}`);
    expect(drive.state).toBe("Running");
    expect(drive.told).toMatchObject({
      health: { status: "failing", detail: "it does not answer: connection refused" },
      application: { disagreement: { since: "1970-01-01T00:00:04.000000Z" } },
    });
  });

  test("that does not answer to us is not known to be well or ill", () => {
    const drive = connected().take(failed(4 * s, 9, "denied"));
    expect(drive.told).toMatchObject({ health: { status: "unknown" }, application: { disagreement: null } });
  });
});

describe("active and without a connection", () => {
  test("is Connecting while no 200 was seen in this invocation, and the two truths disagree", () => {
    const drive = started().take(ready(0, s), process("Running", 2 * s), ready(0, 3 * s));
    expect(drive.state).toBe("Connecting");
    expect(drive.told?.application.disagreement?.since).toBe("1970-01-01T00:00:02.000000Z");
  });

  test("is an ordinary start while systemd still has it as activating", () => {
    expect(started().take(ready(0, s)).told?.application.disagreement).toBeNull();
  });
});

describe("a process that goes", () => {
  test.each([
    ["Stopping", "Running stop> Stopping"],
    ["Error", "Running runtime error> Error"],
    ["Restarting", "Running restart> Restarting"],
    ["Stopped", "Running exited> Stopped"],
  ])("is %s as the platform tells it, and says nothing any more", (state, move) => {
    const drive = connected().take(process(state, 9 * s));
    expect(drive.words.at(-1)).toBe(move);
    expect(drive.told).toBeNull();
    expect(drive.isAsked).toBe(false);
    // An answer that was under way speaks of what is no more.
    expect(drive.take(ready(0, 10 * s), failed(11 * s)).words.at(-1)).toBe(move);
  });

  test("while it connects has failed to initialize, or is stopped", () => {
    const connecting = () => started().take(ready(0, s));
    expect(
      connecting()
        .take(process("Error", 15 * s, "initialization failed"))
        .words.at(-1),
    ).toBe("Connecting initialization failed> Error");
    expect(
      connecting()
        .take(process("Stopping", 2 * s))
        .words.at(-1),
    ).toBe("Connecting stop> Stopping");
  });

  test("is told twice and goes once: what came after it stands", () => {
    const start = process("Starting", 0, "start");
    const drive = new Drive("Stopped").take(start, ready(0, s), ready(1, 2 * s));
    expect(drive.take(start).believed).toBe("Connected");
    expect(drive.isAsked).toBe(true);
  });

  test("begins anew with nothing known of the life before", () => {
    const drive = connected().take(
      process("Restarting", 9 * s),
      process("Starting", 10 * s),
      ready(0, 11 * s),
    );
    expect(drive.words.slice(-2)).toEqual([
      "Restarting restart initiated> Starting",
      "Starting connecting> Connecting",
    ]);
  });
});

describe("going on from history", () => {
  test.each([
    ["Running", ready(4, s), []],
    ["Running", ready(0, s), ["Running connection lost> Reconnecting"]],
    ["Connected", ready(4, s), ["Connected ready> Running"]],
    ["Reconnecting", ready(1, s), ["Reconnecting reconnected> Connected"]],
    ["Reconnecting", ready(0, s), []],
    ["Connecting", ready(1, s), ["Connecting connected> Connected"]],
    ["Starting", ready(0, s), ["Starting connecting> Connecting"]],
    ["Error", ready(4, s), []],
  ] as const)("from %s", (state, fact, moves) => {
    expect(new Drive(state).take(fact).words).toEqual(moves);
  });

  test("the disagreement is as old as history says", () => {
    const drive = new Drive("Reconnecting", 3 * s).take(ready(0, 90 * s));
    expect(drive.told?.application.disagreement?.since).toBe("1970-01-01T00:00:03.000000Z");
  });

  test("the platform is told what the process does", () => {
    const states = [
      "Stopped",
      "Starting",
      "Connecting",
      "Connected",
      "Running",
      "Reconnecting",
      "Error",
      null,
    ];
    expect(states.map(processState)).toEqual([
      "Stopped",
      "Starting",
      "Starting",
      "Running",
      "Running",
      "Running",
      "Error",
      null,
    ]);
  });
});

test("what the platform saw it pass on its way up is passed on, though the tunnel speaks for itself", () => {
  const up = process("Running", 5 * s);
  const through = [{ state: "Starting", event: "start" }];
  const fact = up.tag === "process" ? { ...up, observation: { ...up.observation, through } } : up;
  const drive = new Drive("Stopped").take(fact, ready(0, 6 * s));
  expect(drive.words).toEqual(["Stopped start> Starting", "Starting connecting> Connecting"]);
  expect(drive.moves[0]?.inferred).toBe(true);
});
