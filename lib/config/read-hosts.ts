import { readPart } from "./explain";
import type { HostConfig } from "./fleet";
import { platformOf, processHostKeys, systemdHostKeys } from "./host-keys";
import { type Problem, quote } from "./issue";
import { entryOf, type Located, mapOrNothing, textOf } from "./located";
import { hostNameWords, isHostName } from "./names";
import { mapSection } from "./sections";

/**
 * The hosts, and what is known of each name that is written: its platform, or null where that
 * cannot be told. A host with a mistake in it still has a name that services may use.
 */
export interface Hosts {
  readonly configs: readonly HostConfig[];
  readonly platforms: ReadonlyMap<string, HostConfig["platform"] | null>;
}

/** The `hosts` section. */
export function readHosts(root: Located, problems: Problem[]): Hosts {
  const platforms = new Map<string, HostConfig["platform"] | null>();
  const what = "a map from names to hosts, such as { here: {} }";
  const configs = mapSection(root, "hosts", what, problems).flatMap((entry) => {
    const { key: name, at } = entry;
    const path = ["hosts", name];
    if (!isHostName(name)) problems.push({ at, path, message: `${quote(name)}: ${hostNameWords}` });
    const part = mapOrNothing(entry);
    const said = entryOf(part, "platform");
    const platform = platformOf(said === undefined ? null : (textOf(said.value) ?? ""));
    const config = readHost(name, platform, part, problems);
    // With a mistake in it, a host without the key may be one whose `platform` is misspelt.
    platforms.set(name, config === undefined && said === undefined ? null : platform);
    return config ?? [];
  });
  return { configs, platforms };
}

function readHost(
  name: string,
  platform: HostConfig["platform"] | null,
  part: Located,
  problems: Problem[],
): HostConfig | undefined {
  const path = ["hosts", name];
  if (platform === "process") {
    return readPart(processHostKeys, part, path, problems) && { name, platform };
  }
  // A platform that does not exist is told here too.
  const read = readPart(systemdHostKeys, part, path, problems);
  if (read === undefined) return undefined;
  const { via, shell, bus, history } = read;
  return {
    name,
    platform: "systemd",
    historyMs: history,
    ...(via && { via }),
    ...(shell && { shell }),
    ...(bus && { bus }),
  };
}
