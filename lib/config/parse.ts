import { alertsOf } from "./alerts-of";
import { checkHosts } from "./check-hosts";
import { checkOrder } from "./check-order";
import { checkUnique } from "./check-unique";
import { found } from "./explain";
import { fileKeys } from "./file-keys";
import type { Fleet, ServiceKind } from "./fleet";
import { type ConfigIssue, formatPath, type Problem } from "./issue";
import { unknownKey } from "./keys-of";
import type { Located } from "./located";
import { readAlerts } from "./read-alerts";
import { readDiscover } from "./read-discover";
import { readGroups } from "./read-groups";
import { readHistoryKeep } from "./read-history";
import { readHosts } from "./read-hosts";
import { notifyNobody, readNotify } from "./read-notify";
import { readServices } from "./read-services";
import { readYaml } from "./read-yaml";
import { warningsOf } from "./warnings";

export type ParseResult =
  | { readonly tag: "ok"; readonly fleet: Fleet; readonly warnings: readonly ConfigIssue[] }
  | { readonly tag: "invalid"; readonly issues: readonly ConfigIssue[] };

export interface ParseOptions {
  /** The file's name as messages show it. */
  readonly file: string;
  /** The folder of the file, absolute: a relative `cwd` is seen from here. */
  readonly baseFolder: string;
}

export const largestFileBytes = 5_000_000;
export const tooLarge = "the file is larger than 5 MB; the largest allowed is 5 MB";
const mostIssues = 200;

/**
 * Reads a signalbox.yaml: a fleet with every default filled in, or all that is wrong with it, in
 * the order of its lines. Never throws. Of a text that is not YAML only that is told.
 */
export function parseFleet(text: string, { file, baseFolder }: ParseOptions): ParseResult {
  if (text.length > largestFileBytes) return invalidFile(file, tooLarge);
  const yaml = readYaml(text);
  const issues = (problems: readonly Problem[]) => inOrder(problems, file, (at) => yaml.lines.linePos(at));
  switch (yaml.tag) {
    case "broken":
      return { tag: "invalid", issues: issues(yaml.problems) };
    case "empty": {
      const fleet: Fleet = {
        hosts: [],
        services: [],
        discover: [],
        groups: [],
        ...readAlerts(null, []),
        notify: notifyNobody,
        keepMs: null,
      };
      return { tag: "ok", fleet, warnings: issues(warningsOf(fleet, null, [])) };
    }
    case "tree": {
      const { fleet, problems, warnings } = readFleet(
        yaml.root,
        baseFolder,
        (at) => yaml.lines.linePos(at).line,
      );
      if (problems.length > 0) return { tag: "invalid", issues: issues(problems) };
      return { tag: "ok", fleet, warnings: issues(warnings) };
    }
  }
}

/** An issue of the file as a whole. */
export function invalidFile(file: string, message: string): ParseResult & { tag: "invalid" } {
  return { tag: "invalid", issues: [{ file, line: 1, column: 1, path: "", message }] };
}

function readFleet(root: Located, baseFolder: string, lineAt: (offset: number) => number) {
  const problems: Problem[] = [];
  const sections = Object.keys(fileKeys.shape);
  if (root.tag === "map") {
    for (const { key, at } of root.entries) {
      if (sections.includes(key)) continue;
      problems.push({ at, path: [key], message: unknownKey(key, "the file", sections) });
    }
  } else {
    const message = `${found(root)}: the file is a map; allowed: ${sections.join(", ")}`;
    problems.push({ at: root.at, path: [], message });
  }

  const hosts = readHosts(root, problems);
  const fleetAlerts = readAlerts(root, problems);
  const groups = readGroups(root, problems);
  const alerts = (kind: ServiceKind, group: string | null) =>
    alertsOf({ ...fleetAlerts, groups }, kind, group);
  const drafts = readServices(root, { hosts, alerts, baseFolder }, problems);
  const discover = readDiscover(root, problems);
  const notify = readNotify(root, baseFolder, problems);
  const keepMs = readHistoryKeep(root, problems);
  checkHosts(root, drafts, hosts, problems);
  checkUnique(drafts, lineAt, problems);
  checkOrder(drafts, problems);

  const services = drafts.flatMap(({ config }) => config ?? []);
  const fleet: Fleet = { hosts: hosts.configs, services, discover, groups, ...fleetAlerts, notify, keepMs };
  return { fleet, problems, warnings: problems.length > 0 ? [] : warningsOf(fleet, root, drafts) };
}

function inOrder(
  problems: readonly Problem[],
  file: string,
  position: (at: number) => { line: number; col: number },
): ConfigIssue[] {
  const told = new Set<string>();
  const issues = problems
    .toSorted((one, other) => one.at - other.at)
    .filter(({ at, message }) => !told.has(`${at} ${message}`) && told.add(`${at} ${message}`))
    .map(({ at, path, message }): ConfigIssue => {
      const { line, col } = position(at);
      return { file, line: Math.max(1, line), column: Math.max(1, col), path: formatPath(path), message };
    });
  const rest = issues.length - mostIssues;
  const next = issues[mostIssues];
  if (rest <= 1 || next === undefined) return issues;
  return [...issues.slice(0, mostIssues), { ...next, path: "", message: `and ${rest} more from here on` }];
}
