import type {
  DiscoverConfig,
  Fleet,
  HostConfig,
  ProcessServiceConfig,
  ServiceConfig,
  SystemdServiceConfig,
} from "../config/fleet";
import type { Platform } from "../platforms/contract";
import { ProcessPlatform } from "../platforms/process/process-platform";
import type { ProcessSpec } from "../platforms/process/process-spec";
import { SystemdPlatform, type WatchedUnit } from "../platforms/systemd/systemd-platform";
import { httpProbe } from "../probes/http";

/** Where the platform of a host keeps what it needs beside the database. */
export interface PlatformFolders {
  readonly state: string;
  readonly logs: string;
}

/** The platform that watches a host. */
export function createPlatform(
  host: HostConfig,
  fleet: Fleet,
  instanceId: string,
  folders: PlatformFolders,
  secrets: Readonly<Record<string, Readonly<Record<string, string>>>>,
  warn: (message: string) => void,
): Platform {
  switch (host.platform) {
    case "process":
      return new ProcessPlatform({
        hostName: host.name,
        instanceId,
        stateFolder: folders.state,
        logFolder: folders.logs,
        specs: processSpecs(fleet, host.name, secrets),
        warn,
      });
    case "systemd":
      return new SystemdPlatform({
        hostName: host.name,
        address: host,
        units: systemdUnits(fleet, host.name),
        discover: discoveries(fleet, host.name),
        historyMs: host.historyMs,
        warn,
      });
  }
}

/** The units of a systemd host that the configuration names. */
export function systemdUnits(fleet: Fleet, host: string): WatchedUnit[] {
  return fleet.services
    .filter(
      (service): service is SystemdServiceConfig => service.platform === "systemd" && service.host === host,
    )
    .map(({ name, unit, kind, settleMs }) => ({ name, unit, kind, settleMs }));
}

/** The patterns by which other units of the host become services. */
export function discoveries(fleet: Fleet, host: string): DiscoverConfig[] {
  return fleet.discover.filter((entry) => entry.host === host);
}

/** The specs of a process host's services, with what only the engine can give them. */
export function processSpecs(
  fleet: Fleet,
  host: string,
  secrets: Readonly<Record<string, Readonly<Record<string, string>>>>,
): ProcessSpec[] {
  return fleet.services
    .filter(
      (service): service is ProcessServiceConfig => service.platform === "process" && service.host === host,
    )
    .map((service) => processSpec(service, secrets[service.id] ?? {}));
}

function processSpec(service: ProcessServiceConfig, secret: Readonly<Record<string, string>>): ProcessSpec {
  const sameHost = `${service.host}/`;
  return {
    name: service.name,
    command: service.command,
    cwd: service.cwd,
    env: { ...service.env, ...secret },
    settleMs: service.settleMs,
    startTimeoutMs: service.startTimeoutMs,
    stopTimeoutMs: service.stopTimeoutMs,
    restart: service.restart,
    oneshot: service.oneshot,
    after: service.after.filter((id) => id.startsWith(sameHost)).map((id) => id.slice(sameHost.length)),
    autostart: service.autostart,
    probe: service.health && {
      check: httpProbe(service.health),
      everyMs: service.health.everyMs,
      timeoutMs: service.health.timeoutMs,
      failures: service.health.failures,
    },
  };
}

/** What a service runs, in words for people. */
export function runsWhat(service: ServiceConfig): string {
  return service.platform === "systemd" ? service.unit : service.command.join(" ");
}
