import type { Alert } from "@/lib/wire/alert";
import type { Application, Node } from "@/lib/wire/application";
import type { Command, Service, Transition } from "@/lib/wire/service";
import type { FleetInitial } from "./fleet-store";

/** Records for tests: a running web server that nothing is wrong with, and what a test changes of it. */
export function aService(change: Partial<Service> = {}): Service {
  return {
    id: "here/web",
    host: "here",
    name: "web",
    kind: "service",
    group: null,
    tags: [],
    state: "Running",
    since: "2026-11-23T08:00:00.000000Z",
    cause: null,
    seq: 5,
    contact: { status: "live", since: null, reason: null },
    health: { status: "ok", detail: "" },
    application: null,
    process: { state: "running", detail: "pid 4711" },
    load: "loaded",
    activity: null,
    thrash: "none",
    alerts: 0,
    allowed: ["stop", "restart"],
    refused: [],
    command: null,
    runbook: null,
    ...change,
  };
}

/** What an application says that answers and of which nothing more is asked. */
export function anApplication(change: Partial<Application> = {}): Application {
  return {
    says: "answers 200",
    asked: "http://192.0.2.1/healthz",
    from: "here",
    checks: [],
    sync: null,
    node: null,
    tunnel: null,
    warning: null,
    disagreement: null,
    ...change,
  };
}

/** A validator that is in sync and takes part. */
export function aNode(change: Partial<Node> = {}): Node {
  return {
    height: 1_000,
    headAt: "2026-11-23T08:00:00.000000Z",
    peers: 4,
    minPeers: 1,
    version: null,
    chainId: null,
    address: null,
    validator: "yes",
    participates: "yes",
    participation: "proposed 2 blocks ago",
    lastProposed: 998,
    validators: null,
    round: null,
    ...change,
  };
}

export function aTransition(change: Partial<Transition> = {}): Transition {
  return {
    id: "t5",
    service: "here/web",
    seq: 5,
    from: "Starting",
    to: "Running",
    event: "initialized successfully",
    at: "2026-11-23T08:00:00.000000Z",
    inFromMs: 1_200,
    gapMs: 0,
    revision: 0,
    cause: { kind: "service", detail: "ready after 1.2 s" },
    source: "process",
    declared: true,
    inferred: false,
    commandId: null,
    evidence: {},
    ...change,
  };
}

export function aCommand(change: Partial<Command> = {}): Command {
  return {
    id: "c1",
    service: "here/web",
    event: "stop",
    actor: "local operator",
    reason: null,
    status: "requested",
    requestedAt: "2026-11-23T08:00:01.000000Z",
    reachedAt: null,
    settledAt: null,
    detail: null,
    ...change,
  };
}

export function anAlert(change: Partial<Alert> = {}): Alert {
  return {
    id: "a1",
    rule: "error",
    severity: "critical",
    status: "firing",
    host: "here",
    service: "here/web",
    group: null,
    since: "2026-11-23T08:00:00.000000Z",
    firedAt: "2026-11-23T08:05:00.000000Z",
    resolvedAt: null,
    resolvedBecause: null,
    summary: "web is in Error",
    why: "It has been in Error for more than 5 min.",
    todo: "Look at its log, then restart it.",
    acknowledged: null,
    silencedBy: null,
    ...change,
  };
}

export function anInitial(services: readonly Service[] = [aService()]): FleetInitial {
  return { services, hosts: [], position: "10", configErrors: [] };
}
