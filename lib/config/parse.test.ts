import { describe, expect, test } from "vitest";
import { defaultLimits } from "../insight/rules/table";
import { fleetOf, warningsOf } from "./expect-fleet";
import { notifyNobody } from "./read-notify";

const example = `
hosts:
  here: {}
  node1: { via: [ssh, root@node1.example.net] }
  ct101: { via: [ssh, root@node1.example.net, pct, exec, "101", --], shell: posix }
  lab:   { bus: "unix:path=/run/lab/bus", history: 7d }
  toys:  { platform: process }
services:
  - host: here
    unit: nginx.service          # name defaults to the unit without .service
    group: edge
    tags: [web]
    health: { http: "http://127.0.0.1/healthz", every: 7s, timeout: 1s, failures: 4 }
    settle: 2s
    runbook: https://wiki.example.net/nginx
    alerts: { starting: 2m }     # overrides for this service
  - { host: ct101, unit: besu-validator.service, name: validator-1, kind: besu, group: validators,
      besu: { rpc: "http://192.0.2.11:8545", validator: true, minPeers: 2, observers: [ct102/sentry-1] } }
  - { host: node1, unit: cloudflared.service, name: edge, kind: cloudflared, cloudflared: { metrics: "http://127.0.0.1:20241", every: 2s, timeout: 1s, from: host } }
  - { host: toys, name: echo, command: [node, echo.mjs], cwd: ., env: { PORT: "9001" }, health: { http: "http://127.0.0.1:9001/" },
      startTimeout: 61s, stopTimeout: 11s, restart: { on: failure, delay: 3s, max: 5 }, oneshot: true, after: [toys/db], autostart: true }
discover:
  - { host: here, units: ["*.service"], except: ["systemd-*"] }
groups:
  validators: { keepRunning: 2/3, alerts: { commandFailed: off, quorumRisk: 5m } }     # or a number
alerts:
  error: 6m
  starting: 11m
  stopping: 3m
  contact: 90s
  healthFailing: 4m
  healthDegraded: off
  commandFailed: on
  unusual: true
  reconnecting: 1m
  truthsDisagree: 90s
  syncStalled: 20m
  validatorIdle: off
  quorumLost: 5s
  quorumRisk: 2m
  thrash: { errors: 4, within: 12m }
  kinds: { besu: { starting: 1h, thrash: off } }
`;

const alerts = {
  limits: {
    error: 360_000,
    starting: 660_000,
    stopping: 180_000,
    thrash: 0,
    contact: 90_000,
    healthFailing: 240_000,
    healthDegraded: null,
    commandFailed: 0,
    unusual: 0,
    reconnecting: 60_000,
    truthsDisagree: 90_000,
    syncStalled: 1_200_000,
    validatorIdle: null,
    quorumLost: 5_000,
    quorumRisk: 120_000,
  },
  thrash: { errors: 4, withinMs: 720_000 },
};
const absent = {
  group: null,
  tags: [],
  health: null,
  settleMs: 1_000,
  runbook: null,
  besu: null,
  cloudflared: null,
};

/** What is so where the file says nothing of it. */
const asking = { from: "here", everyMs: 5_000, timeoutMs: 2_000, failures: 3 };
const plainHealth = { text: null, json: null, tlsWarnMs: 1_209_600_000 };
const plainBesu = {
  rpc: null,
  metrics: null,
  auth: null,
  validator: false,
  address: null,
  minPeers: 1,
  maxBehind: 2,
  maxHeadAgeMs: null,
  observers: [],
};

describe("a file that uses every key", () => {
  test("has every value where it belongs", () => {
    expect(fleetOf(example)).toEqual({
      hosts: [
        { name: "here", platform: "systemd", historyMs: 2_592_000_000 },
        {
          name: "node1",
          platform: "systemd",
          historyMs: 2_592_000_000,
          via: ["ssh", "root@node1.example.net"],
        },
        {
          name: "ct101",
          platform: "systemd",
          via: ["ssh", "root@node1.example.net", "pct", "exec", "101", "--"],
          shell: "posix",
          historyMs: 2_592_000_000,
        },
        { name: "lab", platform: "systemd", historyMs: 604_800_000, bus: "unix:path=/run/lab/bus" },
        { name: "toys", platform: "process" },
      ],
      services: [
        {
          ...absent,
          id: "here/nginx",
          host: "here",
          name: "nginx",
          kind: "service",
          platform: "systemd",
          unit: "nginx.service",
          group: "edge",
          tags: ["web"],
          health: {
            ...asking,
            ...plainHealth,
            http: "http://127.0.0.1/healthz",
            everyMs: 7_000,
            timeoutMs: 1_000,
            failures: 4,
          },
          settleMs: 2_000,
          runbook: "https://wiki.example.net/nginx",
          alerts: { ...alerts, limits: { ...alerts.limits, starting: 120_000 } },
        },
        {
          ...absent,
          id: "ct101/validator-1",
          host: "ct101",
          name: "validator-1",
          kind: "besu",
          platform: "systemd",
          unit: "besu-validator.service",
          group: "validators",
          besu: {
            ...asking,
            ...plainBesu,
            rpc: "http://192.0.2.11:8545",
            validator: true,
            minPeers: 2,
            observers: ["ct102/sentry-1"],
          },
          alerts: {
            ...alerts,
            limits: {
              ...alerts.limits,
              ...{ starting: 3_600_000, thrash: null, commandFailed: null, quorumRisk: 300_000 },
            },
          },
        },
        {
          ...absent,
          id: "node1/edge",
          host: "node1",
          name: "edge",
          kind: "cloudflared",
          platform: "systemd",
          unit: "cloudflared.service",
          cloudflared: {
            ...asking,
            metrics: "http://127.0.0.1:20241",
            everyMs: 2_000,
            timeoutMs: 1_000,
            from: "host",
          },
          alerts,
        },
        {
          ...absent,
          id: "toys/echo",
          host: "toys",
          name: "echo",
          kind: "service",
          platform: "process",
          command: ["node", "echo.mjs"],
          cwd: "/srv/box",
          env: { PORT: "9001" },
          health: { ...asking, ...plainHealth, http: "http://127.0.0.1:9001/" },
          startTimeoutMs: 61_000,
          stopTimeoutMs: 11_000,
          restart: { on: "failure", delayMs: 3_000, max: 5 },
          oneshot: true,
          after: ["toys/db"],
          autostart: true,
          alerts,
        },
      ],
      discover: [{ host: "here", units: ["*.service"], except: ["systemd-*"] }],
      groups: [
        {
          name: "validators",
          keepRunning: { tag: "fraction", part: 2, whole: 3 },
          alerts: { limits: { commandFailed: null, quorumRisk: 300_000 } },
        },
      ],
      alerts,
      notify: notifyNobody,
      keepMs: null,
      kindAlerts: { besu: { limits: { starting: 3_600_000, thrash: null } } },
    });
  });

  test("is warned of references to services that it does not have", () => {
    expect(warningsOf(example)).toEqual([
      expect.stringMatching(/^18: `ct102\/sentry-1` is no service/),
      expect.stringMatching(/^21: `toys\/db` is no service/),
    ]);
  });
});

describe("what is left out", () => {
  test("a process service has all defaults", () => {
    const [service] = fleetOf(
      "hosts: { toys: { platform: process } }\nservices:\n  - { host: toys, name: a, command: [a] }",
    ).services;
    expect(service).toEqual({
      ...absent,
      id: "toys/a",
      host: "toys",
      name: "a",
      kind: "service",
      platform: "process",
      command: ["a"],
      cwd: "/srv/box",
      env: {},
      startTimeoutMs: 60_000,
      stopTimeoutMs: 10_000,
      restart: { on: "never", delayMs: 2_000, max: null },
      oneshot: false,
      after: [],
      autostart: false,
      alerts: { limits: defaultLimits, thrash: { errors: 3, withinMs: 600_000 } },
    });
  });

  test("a restart block without `on` restarts after failures, without limit", () => {
    const text =
      "hosts: { t: { platform: process } }\nservices:\n  - { host: t, name: a, command: [a], restart: {} }";
    expect(fleetOf(text).services[0]).toMatchObject({
      restart: { on: "failure", delayMs: 2_000, max: null },
    });
  });

  test("kinds have their block with defaults", () => {
    const text =
      "hosts: { h: }\nservices:\n  - { host: h, unit: a.service, kind: besu }\n  - { host: h, unit: b.service, kind: cloudflared }";
    expect(fleetOf(text).services).toMatchObject([
      { besu: { ...asking, ...plainBesu }, cloudflared: null },
      {
        cloudflared: { ...asking, metrics: "http://127.0.0.1:20241" },
        besu: null,
      },
    ]);
  });

  test("sections and hosts with nothing after the colon are empty", () => {
    expect(fleetOf("hosts:\n  here:\nservices:\ndiscover:\ngroups:\nalerts:\n").hosts).toEqual([
      { name: "here", platform: "systemd", historyMs: 2_592_000_000 },
    ]);
  });

  test.each(["", "\n", "# nothing yet\n", "---\n", "~", "{}"])(
    "an empty file (%j) is a fleet with a warning",
    (text) => {
      expect(fleetOf(text).services).toEqual([]);
      expect(warningsOf(text)).toEqual([expect.stringMatching(/^1: no services are given/)]);
    },
  );
});

describe("alerts", () => {
  const text = (own: string) => `
hosts: { t: { platform: process } }
alerts: { error: 1m, starting: 1m, stopping: 1m, kinds: { service: { error: 2m, starting: 2m, stopping: 2m } } }
groups: { g: { alerts: { starting: 3m, stopping: 3m } } }
services: [{ host: t, name: a, command: [a], group: g, alerts: ${own} }]`;

  test("a service's own go before its group's, those before its kind's, and those before the fleet's", () => {
    const [service] = fleetOf(text("{ stopping: 4m }")).services;
    expect(service?.alerts.limits).toMatchObject({ error: 120_000, starting: 180_000, stopping: 240_000 });
  });

  test("each rule can be switched off, and on again", () => {
    const [service] = fleetOf(text("{ error: off, thrash: off, commandFailed: off, unusual: on }")).services;
    expect(service?.alerts.limits).toMatchObject({
      error: null,
      thrash: null,
      commandFailed: null,
      unusual: 0,
    });
    const off = "hosts: { t: { platform: process } }\nalerts: { thrash: off }\n";
    const own = "services: [{ host: t, name: a, command: [a], alerts: { thrash: { errors: 9 } } }]";
    expect(fleetOf(off + own).services[0]?.alerts).toMatchObject({
      limits: { thrash: 0 },
      thrash: { errors: 9, withinMs: 600_000 },
    });
  });
});
