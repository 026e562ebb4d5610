import { describe, expect, test } from "vitest";
import type { MetricsSnapshot, ServiceFigures } from "@/db/read/metrics";
import { metricNames } from "./catalogue";
import { writeFamilies } from "./exposition";
import { fleetFamilies } from "./fleet-families";
import { HighWater } from "./high-water";

const at = 2_000_000_000;
const nothing: MetricsSnapshot = {
  services: [],
  hosts: [],
  gaps: [],
  totals: [],
  moves: [],
  alerts: [],
  commands: [],
  underWay: [],
  queued: [],
};
const echo: ServiceFigures = {
  id: 1,
  host: "toys",
  name: "echo",
  kind: "service",
  state: "Running",
  recorded: "Running",
  since: 1_000_500_000,
  countedAt: 1_000_500,
  thrash: null,
  health: null,
  have: null,
  want: null,
  group: null,
  node: null,
  isValidator: false,
  sync: null,
  disagrees: null,
};
const toys = {
  id: "toys",
  contact: "live",
  contactSince: 0,
  contactReason: null,
  observedUntil: at,
  historyUntil: at,
} as const;

async function told(changes: Partial<MetricsSnapshot>, highest = new HighWater()): Promise<string[]> {
  const families = fleetFamilies({ ...nothing, services: [echo], hosts: [toys], ...changes }, at, highest);
  return (await writeFamilies(families, "text/plain")).text.split("\n");
}

describe("a service", () => {
  test("has a series for every state of its machine, and is in one of them", async () => {
    const lines = (await told({})).filter((line) => line.startsWith("signalbox_service_state{"));
    expect(lines).toHaveLength(6);
    expect(lines.filter((line) => line.endsWith(" 1"))).toEqual([
      'signalbox_service_state{host="toys",service="echo",kind="service",state="Running"} 1',
    ]);
  });

  test("of a kind that this version does not know is still in its state", async () => {
    const odd = { ...echo, kind: "submarine", state: "Diving", recorded: "Diving" };
    expect(await told({ services: [odd] })).toContain(
      'signalbox_service_state{host="toys",service="echo",kind="submarine",state="Diving"} 1',
    );
  });

  test("that was never seen is in no state, and has no instant and no time", async () => {
    const unseen = { ...echo, state: null, recorded: null, since: null, countedAt: null };
    const lines = await told({ services: [unseen] });
    expect(lines.filter((line) => /^signalbox_service_state\{.* 1$/.test(line))).toEqual([]);
    expect(lines.filter((line) => /^signalbox_(service_state_since|state)_seconds/.test(line))).toEqual([]);
  });

  test("says since when in Unix seconds, and keeps its microseconds", async () => {
    expect(await told({ services: [{ ...echo, since: 1_700_000_000_123_456 }] })).toContain(
      'signalbox_service_state_since_seconds{host="toys",service="echo"} 1700000000.123456',
    );
  });

  test("has its errors counted from 0 on, and a first sight in Error is no move into it", async () => {
    expect(await told({})).toContain('signalbox_errors_total{host="toys",service="echo"} 0');
    const move = { serviceId: 1, cause: "service" };
    const moves = [
      { ...move, from: "Running", to: "Error", count: 3 },
      { ...move, from: "Starting", to: "Error", count: 2 },
      { ...move, from: "Error", to: "Error", count: 9 },
      { ...move, from: "", to: "Error", count: 1 },
      { ...move, from: "Error", to: "Starting", count: 5 },
    ];
    const lines = await told({ moves });
    expect(lines).toContain('signalbox_errors_total{host="toys",service="echo"} 5');
    expect(lines).toContain(
      'signalbox_transitions_total{host="toys",service="echo",from="Running",to="Error",cause="service"} 3',
    );
  });

  test("has its health told only where it is checked", async () => {
    const health = async (status: ServiceFigures["health"]) =>
      (await told({ services: [{ ...echo, health: status }] })).filter((line) =>
        line.startsWith("signalbox_service_health{"),
      );
    expect(await health("unknown")).toEqual([]);
    expect(await health("failing")).toEqual([
      'signalbox_service_health{host="toys",service="echo",status="ok"} 0',
      'signalbox_service_health{host="toys",service="echo",status="degraded"} 0',
      'signalbox_service_health{host="toys",service="echo",status="failing"} 1',
    ]);
  });

  test("can have any name: quotes, backslashes and line breaks are escaped", async () => {
    const name = 'a"b\\c\nd@é\\x2d';
    expect(await told({ services: [{ ...echo, name }] })).toContain(
      'signalbox_errors_total{host="toys",service="a\\"b\\\\c\\nd@é\\\\x2d"} 0',
    );
  });
});

describe("time in state", () => {
  const seconds = (lines: string[], state: string) =>
    Number(
      lines
        .find((line) =>
          line.startsWith(`signalbox_state_seconds_total{host="toys",service="echo",state="${state}"`),
        )
        ?.split(" ")
        .at(-1),
    );

  test("is what ended and the present stay, without what nobody saw", async () => {
    const lines = await told({
      totals: [
        { serviceId: 1, state: "Running", ms: 10_250 },
        { serviceId: 1, state: "Stopped", ms: 4_000 },
      ],
      gaps: [{ host: "toys", from: 1_200_000_000, to: 1_300_000_000 }],
    });
    expect(seconds(lines, "Running")).toBe(10.25 + 999.5 - 100);
    expect(seconds(lines, "Stopped")).toBe(4);
    expect(seconds(lines, "Error")).toBe(0);
  });

  test("grows no further than history is complete, while a record is read back and without contact", async () => {
    const hosts = [{ ...toys, contact: "lost", historyUntil: 1_100_500_000 }] as const;
    expect(seconds(await told({ hosts: [...hosts] }), "Running")).toBe(100);
    const glimpsed = { ...echo, state: "Error", recorded: "Running" };
    const lines = await told({ hosts: [...hosts], services: [glimpsed] });
    expect(seconds(lines, "Running")).toBe(100);
    expect(seconds(lines, "Error")).toBe(0);
  });

  test("never falls, though a move is dated back before a scrape that counted on", async () => {
    const highest = new HighWater();
    expect(seconds(await told({}, highest), "Running")).toBe(999.5);
    const after = {
      services: [{ ...echo, state: "Error", recorded: "Error", countedAt: 1_999_000 }],
      totals: [{ serviceId: 1, state: "Running", ms: 998_500 }],
    };
    const lines = await told(after, highest);
    expect(seconds(lines, "Running")).toBe(999.5);
    expect(seconds(lines, "Error")).toBe(1);
  });
});

describe("the fleet", () => {
  test("a host is in contact while its engine is heard; without it the state that was seen last stays", async () => {
    expect(await told({})).toContain('signalbox_host_contact{host="toys"} 1');
    const silent = { ...toys, observedUntil: at - 6_000_000 };
    const lines = await told({ hosts: [silent] });
    expect(lines).toContain('signalbox_host_contact{host="toys"} 0');
    expect(lines).toContain(
      'signalbox_service_state{host="toys",service="echo",kind="service",state="Running"} 1',
    );
  });

  test("an alert is one series while it fires, about a service, a host or a group", async () => {
    const alerts = [
      { rule: "error", host: "toys", service: "echo", group: null },
      { rule: "contact", host: "far", service: null, group: null },
      { rule: "quorum-risk", host: "far", service: null, group: "one" },
      { rule: "quorum-risk", host: "far", service: null, group: "other" },
    ];
    const lines = (await told({ alerts })).filter((line) => line.startsWith("signalbox_alert_firing{"));
    expect(lines).toEqual([
      'signalbox_alert_firing{rule="error",host="toys",service="echo"} 1',
      'signalbox_alert_firing{rule="contact",host="far",service=""} 1',
      'signalbox_alert_firing{rule="quorum-risk",host="",service="",group="one"} 1',
      'signalbox_alert_firing{rule="quorum-risk",host="",service="",group="other"} 1',
    ]);
  });

  test("commands are counted from 0 on in every way they can end", async () => {
    const lines = (await told({ commands: [{ event: "stop", status: "timed-out", count: 2 }] })).filter(
      (line) => line.startsWith("signalbox_commands_total{"),
    );
    expect(lines).toHaveLength(16);
    expect(lines).toContain('signalbox_commands_total{event="stop",status="timed-out"} 2');
    expect(lines).toContain('signalbox_commands_total{event="start",status="proven"} 0');
  });

  test("each family has a help line of its own in the catalogue, and no label twice", async () => {
    const lines = await told({});
    for (const name of lines.filter((line) => line.startsWith("# TYPE ")).map((line) => line.split(" ")[2]))
      expect(metricNames).toContain(name);
  });
});

test("OpenMetrics names a counter without _total in its head and with it in its samples, and ends", async () => {
  const families = fleetFamilies({ ...nothing, services: [echo], hosts: [toys] }, at, new HighWater());
  for (const twice of [1, 2]) {
    const { type, text } = await writeFamilies(families, "application/openmetrics-text");
    expect(type, String(twice)).toMatch(/^application\/openmetrics-text; version=1\.0\.0/);
    expect(text).toContain("# TYPE signalbox_errors counter\n");
    expect(text).toContain('\nsignalbox_errors_total{host="toys",service="echo"} 0\n');
    expect(text).toMatch(/\n# EOF\n$/);
  }
});
