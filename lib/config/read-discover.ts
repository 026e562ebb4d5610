import { readPart } from "./explain";
import { discoverKeys } from "./file-keys";
import type { DiscoverConfig } from "./fleet";
import type { Problem } from "./issue";
import type { Located } from "./located";
import { listSection } from "./sections";

/** The `discover` section. */
export function readDiscover(root: Located, problems: Problem[]): DiscoverConfig[] {
  return listSection(root, "discover", problems).flatMap(
    (part, index) => readPart(discoverKeys, part, ["discover", index], problems) ?? [],
  );
}
