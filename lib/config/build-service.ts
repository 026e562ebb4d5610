import { resolve } from "node:path";
import type { z } from "zod";
import { alertsFrom, overridesFrom } from "./alert-keys";
import type {
  Alerts,
  AskingConfig,
  BesuAuth,
  ProcessServiceConfig,
  ServiceCommon,
  ServiceKind,
  SystemdServiceConfig,
} from "./fleet";
import { readUnitName } from "./names";
import { secretOrNull } from "./secret-keys";
import { besuKeys, cloudflaredKeys, type processServiceKeys, type systemdServiceKeys } from "./service-keys";

type SystemdKeys = z.output<typeof systemdServiceKeys>;
type ProcessKeys = z.output<typeof processServiceKeys>;

type AskingKeys = Pick<z.output<typeof cloudflaredKeys>, "from" | "every" | "timeout" | "failures">;

/** The alerts of a service that says nothing itself. */
export type AlertsFor = (kind: ServiceKind, group: string | null) => Alerts;

export function buildSystemdService(
  keys: SystemdKeys | undefined,
  alerts: AlertsFor,
  baseFolder: string,
): SystemdServiceConfig | undefined {
  if (keys === undefined) return undefined;
  const unit = readUnitName(keys.unit);
  if (unit.tag === "wrong") return undefined;
  return {
    ...common(keys, keys.name ?? unit.name, alerts, baseFolder),
    platform: "systemd",
    unit: keys.unit,
  };
}

export function buildProcessService(
  keys: ProcessKeys | undefined,
  alerts: AlertsFor,
  baseFolder: string,
): ProcessServiceConfig | undefined {
  const [program, ...args] = keys?.command ?? [];
  if (keys === undefined || program === undefined) return undefined;
  const plain = common(keys, keys.name, alerts, baseFolder);
  return {
    ...plain,
    health: fromHere(plain.health),
    besu: fromHere(plain.besu),
    cloudflared: fromHere(plain.cloudflared),
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

function common(
  keys: SystemdKeys | ProcessKeys,
  name: string,
  alerts: AlertsFor,
  baseFolder: string,
): ServiceCommon {
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
    besu: keys.kind === "besu" ? besuFrom(keys.besu, baseFolder) : null,
    cloudflared: keys.kind === "cloudflared" ? cloudflaredFrom(keys.cloudflared) : null,
  };
}

function healthFrom(keys: SystemdKeys["health"]): ServiceCommon["health"] {
  if (keys === undefined) return null;
  const { json, text = null } = keys;
  return {
    ...askingFrom(keys),
    http: keys.http,
    text,
    json: json === undefined ? null : { field: json.field.split("."), is: json.is },
    tlsWarnMs: keys.tls,
  };
}

function besuFrom(keys: SystemdKeys["besu"], baseFolder: string): ServiceCommon["besu"] {
  const said = keys ?? besuKeys.parse({});
  return {
    ...askingFrom(said),
    rpc: said.rpc ?? null,
    metrics: said.metrics ?? null,
    auth: authFrom(said, baseFolder),
    validator: said.validator,
    address: said.address?.toLowerCase() ?? null,
    minPeers: said.minPeers,
    maxBehind: said.maxBehind,
    maxHeadAgeMs: said.maxHeadAge ?? null,
    observers: said.observers,
  };
}

function authFrom({ user, password, token }: z.output<typeof besuKeys>, baseFolder: string): BesuAuth | null {
  const given = secretOrNull(token, baseFolder);
  if (given !== null) return { tag: "token", token: given };
  const secret = secretOrNull(password, baseFolder);
  return user === undefined || secret === null ? null : { tag: "login", user, password: secret };
}

function cloudflaredFrom(keys = cloudflaredKeys.parse({})): ServiceCommon["cloudflared"] {
  return { ...askingFrom(keys), metrics: keys.metrics };
}

/** A process host is this machine. */
function fromHere<Config extends AskingConfig>(config: Config | null): Config | null {
  return config === null ? null : { ...config, from: "here" };
}

function askingFrom({ from, every, timeout, failures }: AskingKeys): AskingConfig {
  return { from, everyMs: every, timeoutMs: timeout, failures };
}
