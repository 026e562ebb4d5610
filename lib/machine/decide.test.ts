import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { check, decide, type Situation } from "./decide";
import { besu } from "./kinds/besu";
import { kinds, machineOfKind } from "./kinds/machine-of-kind";
import { service } from "./kinds/service";
import { operatorEvents } from "./types";

const machines = kinds.flatMap((kind) => machineOfKind(kind) ?? []);

function situation(state: string | null, change: Partial<Situation> = {}): Situation {
  return { state, contact: { status: "live" }, holder: null, ...change };
}

const anySituation = (states: readonly string[]): fc.Arbitrary<Situation> =>
  fc.record({
    state: fc.option(fc.constantFrom(...states)),
    contact: fc.record({
      status: fc.constantFrom("live", "lost", "never"),
      since: fc.option(fc.constant("2026-01-02T03:04:05.678901Z")),
      reason: fc.option(fc.string()),
    }),
    holder: fc.option(fc.record({ actor: fc.string(), event: fc.constantFrom(...operatorEvents) })),
  });

describe.each(machines)("decisions about a $kind", (machine) => {
  const states = machine.states.map((state) => state.name);

  it("list every operator event exactly once, in the order of the buttons", () => {
    fc.assert(
      fc.property(anySituation(states), (now) => {
        const { allowed, refused } = decide(machine, now);
        const order = (events: readonly string[]) => operatorEvents.filter((event) => events.includes(event));
        const refusedEvents = refused.map((refusal) => refusal.event);
        expect([...allowed, ...refusedEvents].sort()).toEqual([...operatorEvents].sort());
        expect(allowed).toEqual(order(allowed));
        expect(refusedEvents).toEqual(order(refusedEvents));
      }),
    );
  });

  it("agree with the check, word for word", () => {
    fc.assert(
      fc.property(anySituation(states), fc.constantFrom(...operatorEvents), (now, event) => {
        const { allowed, refused } = decide(machine, now);
        const refusal = check(machine, now, event);
        expect(allowed.includes(event)).toBe(refusal === null);
        expect(refused.find((listed) => listed.event === event) ?? null).toEqual(refusal);
      }),
    );
  });

  it("allow just the operators' edges of the state when it is seen and free", () => {
    for (const state of states) {
      const edges = machine.transitions.filter((edge) => edge.from === state && edge.by === "operator");
      const { allowed } = decide(machine, situation(state));
      expect([...allowed].sort()).toEqual(edges.map((edge) => edge.event).sort());
    }
  });

  it("allow nothing that is not seen, and nothing beside a command under way", () => {
    fc.assert(
      fc.property(anySituation(states), (now) => {
        const seen = now.state !== null && now.contact.status === "live";
        const { allowed, refused } = decide(machine, now);
        if (!seen) expect(new Set(refused.map((refusal) => refusal.code))).toEqual(new Set(["no-contact"]));
        else if (now.holder)
          expect(new Set(refused.map((refusal) => refusal.code))).toEqual(new Set(["busy"]));
        if (!seen || now.holder) expect(allowed).toEqual([]);
      }),
    );
  });
});

describe("the reason", () => {
  const holder = { actor: "local operator", event: "restart" } as const;
  const lost = {
    status: "lost",
    since: "2026-01-02T03:04:05.678901Z",
    reason: "connection refused",
  } as const;

  it.each([
    ["stop", "Stopped", "Stop is possible in Starting and Running; this is Stopped."],
    ["start", "Error", "Start is possible in Stopped; this is Error."],
    ["restart", "Stopping", "Restart is possible in Running and Error; this is Stopping."],
    ["reset", "Restarting", "Reset is possible in Error; this is Restarting."],
  ] as const)("for %s in %s names every state it is possible in", (event, state, reason) => {
    expect(check(service, situation(state), event)).toEqual({ event, code: "not-allowed-in-state", reason });
  });

  it("names the states in the order of the machine", () => {
    expect(check(besu, situation("Stopped"), "stop")?.reason).toBe(
      "Stop is possible in Starting, Syncing, Synced, Running and Consensus; this is Stopped.",
    );
  });

  it("says when a machine knows no such event at all", () => {
    const transitions = service.transitions.filter((edge) => edge.event !== "reset");
    const refusal = check({ ...service, transitions }, situation("Error"), "reset");
    expect(refusal).toEqual({
      event: "reset",
      code: "not-allowed-in-state",
      reason: "This machine has no reset.",
    });
  });

  it("names whose command is under way", () => {
    expect(check(service, situation("Running", { holder }), "restart")).toEqual({
      event: "restart",
      code: "busy",
      reason: "local operator's restart is still under way.",
    });
  });

  it("of a stop says that it can call off what is under way, where the machine allows the stop", () => {
    expect(check(service, situation("Starting", { holder }), "stop")).toMatchObject({ override: "busy" });
    expect(check(service, situation("Stopping", { holder }), "stop")).not.toHaveProperty("override");
    expect(check(service, situation("Starting", { holder }), "start")).not.toHaveProperty("override");
  });

  it.each([
    [lost, "No contact with the host since 2026-01-02 03:04:05 UTC: connection refused."],
    [{ ...lost, reason: null }, "No contact with the host since 2026-01-02 03:04:05 UTC."],
    [
      { ...lost, reason: "the bus closed." },
      "No contact with the host since 2026-01-02 03:04:05 UTC: the bus closed.",
    ],
    [{ status: "lost" }, "No contact with the host."],
    [{ status: "lost", since: "yesterday" }, "No contact with the host since yesterday."],
    [{ status: "never", reason: "no such host" }, "The host has not been reached yet: no such host."],
    [{ status: "never" }, "The host has not been reached yet."],
  ] as const)("without contact says since when and why, as far as known: %o", (contact, reason) => {
    expect(check(service, situation("Running", { contact }), "stop")).toEqual({
      event: "stop",
      code: "no-contact",
      reason,
    });
  });

  it.each([
    [{ status: "live" }, "This service has not been seen yet."],
    [{ status: "never", since: null, reason: null }, "This service has not been seen yet."],
    [{ status: "never", reason: "no such host" }, "This service has not been seen yet: no such host."],
  ] as const)("for a service that was never seen says so: %o", (contact, reason) => {
    expect(check(service, situation(null, { contact }), "start")).toMatchObject({
      code: "no-contact",
      reason,
    });
  });

  it("is no contact before busy, and busy before the state", () => {
    expect(check(service, situation("Stopped", { contact: lost, holder }), "stop")?.code).toBe("no-contact");
    expect(check(service, situation(null, { holder }), "stop")?.code).toBe("no-contact");
    expect(check(service, situation("Stopped", { holder }), "stop")?.code).toBe("busy");
    expect(check(service, situation("Stopped"), "stop")?.code).toBe("not-allowed-in-state");
    expect(check(service, situation("Stopped"), "start")).toBeNull();
  });
});
