import { describe, expect, it } from "vitest";
import { machineOfKind } from "../machine/kinds/machine-of-kind";
import { normalStays } from "./normal-stays";
import { transitionalStates } from "./transitional-states";

const states = machineOfKind("service")?.states ?? [];
const oneTo = (count: number) => Array.from({ length: count }, (_, n) => count - n);

describe("how long a state normally lasts", () => {
  it("is the specification's typical duration while history has little to say", () => {
    expect(normalStays(states, new Map([["Starting", oneTo(19)]]))).toEqual([
      { state: "Starting", basis: "specification", stays: 0, medianMs: null, p95Ms: 60_000 },
      { state: "Stopping", basis: "specification", stays: 0, medianMs: null, p95Ms: 30_000 },
    ]);
  });

  it("is the median and the 95th percentile of the service's own stays once there are twenty", () => {
    const recent = new Map([
      ["Starting", oneTo(20)],
      ["Restarting", oneTo(100)],
    ]);
    const [starting, , restarting] = normalStays(states, recent);
    expect(starting).toEqual({ state: "Starting", basis: "history", stays: 20, medianMs: 10, p95Ms: 19 });
    expect(restarting).toEqual({
      state: "Restarting",
      basis: "history",
      stays: 100,
      medianMs: 50,
      p95Ms: 95,
    });
  });

  it("knows every way to another state of every machine as one", () => {
    const names = ["service", "besu", "cloudflared"].flatMap(
      (kind) => machineOfKind(kind)?.states.map(({ name }) => name) ?? [],
    );
    const ways = names.filter((name) => name.endsWith("ing") && name !== "Running");
    expect([...new Set(ways)].sort()).toEqual([...transitionalStates].sort());
  });
});
