import { type AlertsFor, buildProcessService, buildSystemdService } from "./build-service";
import { readPart } from "./explain";
import { type HostConfig, type ServiceConfig, serviceKinds } from "./fleet";
import type { PathStep, Problem } from "./issue";
import { entryOf, type Located, textOf } from "./located";
import { readUnitName } from "./names";
import type { Hosts } from "./read-hosts";
import { listSection } from "./sections";
import { processServiceKeys, systemdServiceKeys } from "./service-keys";

/** A service as far as it can be read: one with a mistake still has an id that others refer to. */
export interface ServiceDraft {
  /** Null where host or name cannot be told. */
  readonly id: string | null;
  readonly at: number;
  readonly path: readonly PathStep[];
  readonly part: Located;
  readonly config: ServiceConfig | undefined;
}

export interface ServiceSurroundings {
  readonly hosts: Hosts;
  readonly alerts: AlertsFor;
  readonly baseFolder: string;
}

/** The `services` section. */
export function readServices(
  root: Located,
  surroundings: ServiceSurroundings,
  problems: Problem[],
): ServiceDraft[] {
  return listSection(root, "services", problems).map((part, index) => {
    const path = ["services", index];
    const config = readService(part, path, surroundings, problems);
    return { id: draftId(part), at: nameEntry(part)?.at ?? part.at, path, part, config };
  });
}

function readService(
  part: Located,
  path: readonly PathStep[],
  { hosts, alerts, baseFolder }: ServiceSurroundings,
  problems: Problem[],
): ServiceConfig | undefined {
  const platform = hosts.platforms.get(textOf(entryOf(part, "host")?.value) ?? "");
  const own: Problem[] = [];
  const config =
    (platform ?? guessedPlatform(part)) === "process"
      ? buildProcessService(readPart(processServiceKeys, part, path, own), alerts, baseFolder)
      : buildSystemdService(readPart(systemdServiceKeys, part, path, own), alerts, baseFolder);
  // What a service of an unknown host lacks cannot be known, but for the host itself.
  const sure = (problem: Problem) =>
    platform != null || problem.missing !== true || problem.path.at(-1) === "host";
  problems.push(...own.filter(sure), ...kindProblems(part, path));
  return config;
}

/** Blocks of another kind than the service's own would have no effect. */
function kindProblems(part: Located, path: readonly PathStep[]): Problem[] {
  const kind = textOf(entryOf(part, "kind")?.value) ?? "service";
  return ["besu", "cloudflared"].flatMap((block) => {
    const entry = entryOf(part, block);
    if (entry === undefined || kind === block || !isKind(kind)) return [];
    const message = `\`${block}\` belongs to a service of \`kind: ${block}\`, and this one's kind is \`${kind}\``;
    return [{ at: entry.at, path: [...path, block], message }];
  });
}

function isKind(text: string): boolean {
  return serviceKinds.some((kind) => kind === text);
}

function guessedPlatform(part: Located): HostConfig["platform"] {
  return entryOf(part, "command") === undefined ? "systemd" : "process";
}

function nameEntry(part: Located) {
  return entryOf(part, "name") ?? entryOf(part, "unit") ?? entryOf(part, "host");
}

function draftId(part: Located): string | null {
  const host = textOf(entryOf(part, "host")?.value);
  const name = textOf(entryOf(part, "name")?.value);
  const unit = readUnitName(textOf(entryOf(part, "unit")?.value) ?? "");
  const said = name ?? (unit.tag === "ok" ? unit.name : null);
  return host === null || said === null ? null : `${host}/${said}`;
}
