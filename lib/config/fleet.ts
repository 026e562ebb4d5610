import type { Limits } from "../insight/rules/picture";
import type { LoopLimits } from "../insight/thrash/loops";
import type { NotifyConfig, Secret } from "./notify-config";

/**
 * What signalbox.yaml says, validated, with every default filled in. Durations are whole
 * milliseconds, paths are absolute, every `host` of a service is one of the fleet's hosts.
 */
export interface Fleet {
  readonly hosts: readonly HostConfig[];
  readonly services: readonly ServiceConfig[];
  readonly discover: readonly DiscoverConfig[];
  readonly groups: readonly GroupConfig[];
  readonly alerts: Alerts;
  readonly notify: NotifyConfig;
  /** Single moves older than this are removed; null: none ever is. */
  readonly keepMs: number | null;
  /** What differs from the fleet's alerts by kind. */
  readonly kindAlerts: Readonly<Partial<Record<ServiceKind, AlertOverrides>>>;
}

export type HostConfig = SystemdHostConfig | ProcessHostConfig;

export interface SystemdHostConfig {
  readonly name: string;
  readonly platform: "systemd";
  /** The command prefix that runs a command there; absent for this machine. */
  readonly via?: readonly string[];
  /** Absent: quoted once for each ssh in `via`. */
  readonly shell?: "none" | "posix";
  /** A D-Bus address; absent: the system bus. */
  readonly bus?: string;
  /** How far back the journal is read at first contact. */
  readonly historyMs: number;
}

/** Services here are child processes of Signalbox. */
export interface ProcessHostConfig {
  readonly name: string;
  readonly platform: "process";
}

export const serviceKinds = ["service", "besu", "cloudflared"] as const;
export type ServiceKind = (typeof serviceKinds)[number];

export type ServiceConfig = SystemdServiceConfig | ProcessServiceConfig;

/** What both kinds of service have. */
export interface ServiceCommon {
  /** `host/name`, unique in the fleet; neither part contains a slash. */
  readonly id: string;
  readonly host: string;
  readonly name: string;
  readonly kind: ServiceKind;
  readonly group: string | null;
  readonly tags: readonly string[];
  readonly health: HealthConfig | null;
  /** How long a start that nothing confirms must hold to count as Running. */
  readonly settleMs: number;
  readonly runbook: string | null;
  /** The fleet's alerts with what its kind, its group and the service itself say over them. */
  readonly alerts: Alerts;
  /** Never null where `kind` is besu, else always. */
  readonly besu: BesuConfig | null;
  /** Never null where `kind` is cloudflared, else always. */
  readonly cloudflared: CloudflaredConfig | null;
}

export interface SystemdServiceConfig extends ServiceCommon {
  readonly platform: "systemd";
  /** With `.service` at its end. */
  readonly unit: string;
}

export interface ProcessServiceConfig extends ServiceCommon {
  readonly platform: "process";
  /** Program and arguments; never empty. No shell reads them. */
  readonly command: readonly [string, ...string[]];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** Null: as long as it likes, as a one-shot with much to do. */
  readonly startTimeoutMs: number | null;
  /** From SIGTERM to SIGKILL. */
  readonly stopTimeoutMs: number;
  readonly restart: RestartConfig;
  readonly oneshot: boolean;
  /** Ids of services that must be running first. One that is not in the fleet was warned of. */
  readonly after: readonly string[];
  /**
   * Started together with Signalbox; once an operator has started or stopped it, it is left as
   * it was instead.
   */
  readonly autostart: boolean;
}

export interface RestartConfig {
  readonly on: "failure" | "always" | "never";
  readonly delayMs: number;
  /** Null: no limit. */
  readonly max: number | null;
}

/** How and how often an application is asked. */
export interface AskingConfig {
  /** From this machine, or through the connection to the service's own host. */
  readonly from: "here" | "host";
  readonly everyMs: number;
  readonly timeoutMs: number;
  /** So many failures in a row are believed. */
  readonly failures: number;
}

export interface HealthConfig extends AskingConfig {
  readonly http: string;
  /** A text that a good answer holds. */
  readonly text: string | null;
  /** A field of a JSON answer, by its keys from the outside in, and what it has to be. */
  readonly json: { readonly field: readonly string[]; readonly is: string } | null;
  /** A certificate that ends within this time is warned of. */
  readonly tlsWarnMs: number;
}

export interface BesuConfig extends AskingConfig {
  /** Null: it has no RPC; its log and its observers speak. */
  readonly rpc: string | null;
  /** Where Prometheus metrics are served; null: nobody asks for them. */
  readonly metrics: string | null;
  readonly auth: BesuAuth | null;
  readonly validator: boolean;
  /** Its address in the validator set, 0x and 40 hexadecimal digits in lower case; null: from its node id. */
  readonly address: string | null;
  readonly minPeers: number;
  /** So many blocks behind the best known one still count as in sync. */
  readonly maxBehind: number;
  /** An older head counts as not in sync; null: some block periods, as the chain itself shows them. */
  readonly maxHeadAgeMs: number | null;
  readonly observers: readonly string[];
}

export type BesuAuth =
  | { readonly tag: "login"; readonly user: string; readonly password: Secret }
  | { readonly tag: "token"; readonly token: Secret };

export interface CloudflaredConfig extends AskingConfig {
  readonly metrics: string;
}

/** Unit name patterns as systemd matches them. */
export interface DiscoverConfig {
  readonly host: string;
  readonly units: readonly string[];
  readonly except: readonly string[];
}

export interface GroupConfig {
  readonly name: string;
  readonly keepRunning: KeepRunning | null;
  /** What differs for the group's services, before what a service says itself. */
  readonly alerts: AlertOverrides;
}

export type KeepRunning =
  | { readonly tag: "count"; readonly count: number }
  | { readonly tag: "fraction"; readonly part: number; readonly whole: number };

export interface Alerts {
  /** By the rule's key. */
  readonly limits: Limits;
  readonly thrash: LoopLimits;
}

/** What is said of alerts for some services; the rest is as it is for all. */
export interface AlertOverrides {
  readonly limits: Limits;
  readonly thrash?: Partial<LoopLimits>;
}
