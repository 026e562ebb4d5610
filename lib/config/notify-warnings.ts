import type { Fleet } from "./fleet";
import { type Problem, quote } from "./issue";
import { entryOf, type Located, nodeAt } from "./located";

/** Channels that are never told, and routes that nothing of this fleet can take. */
export function notifyWarnings({ notify, hosts, services }: Fleet, root: Located | null): Problem[] {
  const warnings: Problem[] = [];
  const say = (path: (string | number)[], message: string) => {
    const channel = entryOf(nodeAt(root ?? undefined, path.slice(0, -1)), path.at(-1) ?? "");
    warnings.push({ at: channel?.at ?? nodeAt(root ?? undefined, path)?.at ?? 0, path, message });
  };
  const told = new Set(notify.routes.flatMap(({ to }) => to));
  for (const { name } of notify.channels)
    if (notify.routes.length > 0 && !told.has(name))
      say(["notify", "channels", name], `no route leads to the channel ${quote(name)}`);

  const known = {
    host: new Set(hosts.map(({ name }) => name)),
    group: new Set(services.map(({ group }) => group)),
    tag: new Set(services.flatMap(({ tags }) => tags)),
  };
  const nouns = {
    host: "no host is called",
    group: "no service is in the group",
    tag: "no service has the tag",
  };
  for (const [index, route] of notify.routes.entries())
    for (const key of ["host", "group", "tag"] as const) {
      const wanted = route[key];
      if (wanted !== null && !known[key].has(wanted))
        say(["notify", "routes", index, key], `${nouns[key]} ${quote(wanted)}`);
    }
  return warnings;
}
