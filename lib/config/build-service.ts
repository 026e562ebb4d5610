import { resolve } from "node:path";
import type { z } from "zod";
import { alertsFrom, overridesFrom } from "./alert-keys";
import type { Alerts, ProcessServiceConfig, ServiceCommon, ServiceKind, SystemdServiceConfig } from "./fleet";
import { readUnitName } from "./names";
import { besuKeys, cloudflaredKeys, type processServiceKeys, type systemdServiceKeys } from "./service-keys";

type SystemdKeys = z.output<typeof systemdServiceKeys>;
type ProcessKeys = z.output<typeof processServiceKeys>;

/** The alerts of a service that says nothing itself. */
export type AlertsFor = (kind: ServiceKind, group: string | null) => Alerts;

export function buildSystemdService(
  keys: SystemdKeys | undefined,
  alerts: AlertsFor,
): SystemdServiceConfig | undefined {
  if (keys === undefined) return undefined;
  const unit = readUnitName(keys.unit);
  if (unit.tag === "wrong") return undefined;
  return { ...common(keys, keys.name ?? unit.name, alerts), platform: "systemd", unit: keys.unit };
}

export function buildProcessService(
  keys: ProcessKeys | undefined,
  alerts: AlertsFor,
  baseFolder: string,
): ProcessServiceConfig | undefined {
  const [program, ...args] = keys?.command ?? [];
  if (keys === undefined || program === undefined) return undefined;
  return {
    ...common(keys, keys.name, alerts),
    platform: "process",
    command: [program, ...args],
    cwd: resolve(baseFolder, keys.cwd),
    env: keys.env,
    startTimeoutMs: keys.startTimeout ?? (keys.oneshot ? null : 60_000),
    stopTimeoutMs: keys.stopTimeout,
    restart: {
      on: keys.restart?.on ?? "never",
      delayMs: keys.restart?.delay ?? 2_000,
      max: keys.restart?.max ?? null,
    },
    oneshot: keys.oneshot,
    after: keys.after,
    autostart: keys.autostart,
  };
}

function common(keys: SystemdKeys | ProcessKeys, name: string, alerts: AlertsFor): ServiceCommon {
  return {
    id: `${keys.host}/${name}`,
    host: keys.host,
    name,
    kind: keys.kind,
    group: keys.group ?? null,
    tags: [...new Set(keys.tags)],
    health: healthFrom(keys.health),
    settleMs: keys.settle,
    runbook: keys.runbook ?? null,
    alerts: alertsFrom(alerts(keys.kind, keys.group ?? null), overridesFrom(keys.alerts)),
    besu: keys.kind === "besu" ? besuFrom(keys.besu) : null,
    cloudflared: keys.kind === "cloudflared" ? cloudflaredFrom(keys.cloudflared) : null,
  };
}

function healthFrom(keys: SystemdKeys["health"]): ServiceCommon["health"] {
  if (keys === undefined) return null;
  return { http: keys.http, everyMs: keys.every, timeoutMs: keys.timeout, failures: keys.failures };
}

function besuFrom(keys = besuKeys.parse({})): ServiceCommon["besu"] {
  return {
    rpc: keys.rpc ?? null,
    validator: keys.validator,
    minPeers: keys.minPeers,
    observers: keys.observers,
  };
}

function cloudflaredFrom(keys = cloudflaredKeys.parse({})): ServiceCommon["cloudflared"] {
  return { metrics: keys.metrics, everyMs: keys.every, timeoutMs: keys.timeout, from: keys.from };
}
