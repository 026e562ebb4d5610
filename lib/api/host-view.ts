import { readHosts } from "@/db/read/hosts";
import type { HostRow } from "@/db/read/services";
import { now, toRfc3339 } from "../clock";
import type { Micros } from "../machine/types";
import { contactView } from "../wire/contact-view";
import { type Host, hostFactsView } from "../wire/host";
import { askDatabase } from "./web-database";

const answerWithinMs = 10_000;

/** A host as every view is given it. Pure. */
export function hostView(host: HostRow, at: Micros): Host {
  return {
    id: host.id,
    platform: host.platform,
    contact: contactView(host, at),
    observedUntil: host.observedUntil === null ? null : toRfc3339(host.observedUntil),
    facts: host.facts && hostFactsView(host.facts),
  };
}

/** What the page of the hosts begins with. @throws when the database is out of reach. */
export async function readHostViews(): Promise<Host[]> {
  const rows = await askDatabase(answerWithinMs, ({ db }) => readHosts(db));
  const { at } = now();
  return rows.map((row) => hostView(row, at));
}
