import type { MetricsSnapshot, ServiceFigures } from "@/db/read/metrics";
import { chainsWord } from "../insight/chains-word";
import type { Micros } from "../machine/types";
import { contactView } from "../wire/contact-view";
import type { MetricName } from "./catalogue";
import { type Family, familyOf } from "./family";
import { nameOf } from "./service-families";

/** A node in one of these counts as in sync. */
const inSync: readonly (string | null)[] = ["Synced", "Running", "Consensus"];

/** What each figure is, by its metric; null: not known, and not told. */
const figures: readonly (readonly [MetricName, (service: ServiceFigures) => number | null])[] = [
  ["signalbox_health_have", ({ have }) => have],
  ["signalbox_health_want", ({ want }) => want],
  ["signalbox_truths_disagree", ({ disagrees }) => (disagrees === null ? null : Number(disagrees))],
  ["signalbox_besu_block_height", ({ node }) => node?.height ?? null],
  ["signalbox_besu_sync_distance_blocks", distance],
  ["signalbox_besu_peers", ({ node }) => node?.peers ?? null],
  ["signalbox_besu_participating", participating],
];

/** What applications say of themselves, of hosts that are seen: what was true once is no figure. Pure. */
export function applicationFamilies(
  { services, hosts }: Pick<MetricsSnapshot, "services" | "hosts">,
  at: Micros,
): Family[] {
  const live = new Set(hosts.filter((host) => contactView(host, at).status === "live").map(({ id }) => id));
  const seen = services.filter(({ host }) => live.has(host));
  return figures.map(([name, figure]) =>
    familyOf(
      name,
      seen.flatMap((service) => {
        const value = figure(service);
        return value === null ? [] : [{ labels: nameOf(service), value }];
      }),
    ),
  );
}

function distance({ node, sync, state }: ServiceFigures): number | null {
  if (sync !== null) return sync.behind;
  return node !== null && node.height !== null && inSync.includes(state) ? 0 : null;
}

function participating({ node, isValidator }: ServiceFigures): number | null {
  if (node === null || !(chainsWord(node) ?? isValidator)) return null;
  switch (node.participates) {
    case "yes":
      return 1;
    case "no":
      return 0;
    case "unknown":
      return null;
  }
}
