import { type PathStep, type Problem, quote } from "./issue";
import { entryOf, type Located, nodeAt, textOf } from "./located";
import { splitServiceId } from "./names";
import { nearest } from "./nearest";
import type { Hosts } from "./read-hosts";
import type { ServiceDraft } from "./read-services";

const mostListed = 12;

/** Every host that a service, `after` or discover names must stand under hosts. */
export function checkHosts(
  root: Located,
  drafts: readonly ServiceDraft[],
  { platforms }: Hosts,
  problems: Problem[],
): void {
  const names = [...platforms.keys()];
  const listed = names.length > mostListed ? [...names.slice(0, mostListed), "…"] : names;
  const known = names.length === 0 ? "no hosts are given under hosts" : `hosts: ${listed.join(", ")}`;

  const hints = new Map<string, string>();
  function hintFor(host: string): string {
    const told = hints.get(host);
    if (told !== undefined) return told;
    const meant = nearest(host, names, 1 / 3);
    const hint = meant === null ? "" : `did you mean \`${meant}\`? `;
    hints.set(host, hint);
    return hint;
  }

  function check(host: string | null, where: string, node: Located | undefined, path: readonly PathStep[]) {
    if (host === null || node === undefined || platforms.has(host)) return;
    const message = `unknown host ${quote(host)} in ${where}; ${hintFor(host)}${known}`;
    problems.push({ at: node.at, path, message });
  }

  for (const { part, path } of drafts) {
    const host = entryOf(part, "host")?.value;
    check(textOf(host), "a service", host, [...path, "host"]);
    for (const { id, node, path: own } of idsIn({ part, path }, "after")) {
      check(splitServiceId(id)?.host ?? null, "after", node, own);
    }
  }
  const discover = nodeAt(root, ["discover"]);
  for (const [index, entry] of (discover?.tag === "list" ? discover.items : []).entries()) {
    const host = entryOf(entry, "host")?.value;
    const path = ["discover", index, "host"];
    check(textOf(host), "discover", host, path);
    if (host === undefined || platforms.get(textOf(host) ?? "") !== "process") continue;
    const message = `${quote(textOf(host) ?? "")} has \`platform: process\`; units are discovered on systemd hosts`;
    problems.push({ at: host.at, path, message });
  }
}

/** The service ids that stand in a list of a service, as they are written. */
export function idsIn({ part, path }: Pick<ServiceDraft, "part" | "path">, ...keys: string[]) {
  const list = nodeAt(part, keys);
  return (list?.tag === "list" ? list.items : []).flatMap((node, index) => {
    const id = textOf(node);
    return id === null ? [] : [{ id, node, path: [...path, ...keys, index] }];
  });
}
