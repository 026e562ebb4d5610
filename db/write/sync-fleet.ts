import { and, eq, inArray, notInArray, sql } from "drizzle-orm";
import type { Database, Handle } from "../open";
import {
  configState,
  type FleetAlerts,
  host,
  type ServiceSettings,
  type StoredGroup,
  service,
} from "../schema";
import { appendFeed } from "./append-feed";

export interface WantedService {
  readonly host: string;
  readonly name: string;
  readonly kind: string;
  readonly group: string | null;
  readonly tags: readonly string[];
  readonly settings: ServiceSettings;
}

export interface WantedFleet {
  readonly hosts: readonly { readonly id: string; readonly platform: string }[];
  readonly services: readonly WantedService[];
  /** Hosts on which services are found by pattern: what was found there stays until the host says otherwise. */
  readonly discovering: ReadonlySet<string>;
  /** How the alert rules hold for all of it. */
  readonly alerts: FleetAlerts;
  readonly groups: readonly StoredGroup[];
}

/** Takes a configuration over: what is new appears, what left it keeps its history unseen. */
export async function syncFleet({ db }: Database, fleet: WantedFleet, at: number): Promise<void> {
  await db.transaction(async (tx) => {
    const hostIds = fleet.hosts.map(({ id }) => id).sort();
    // In the order in which every writer takes them: two that meet wait, and neither is a victim.
    await tx.select({ id: host.id }).from(host).orderBy(host.id).for("no key update");
    const goneHosts = await tx
      .update(host)
      .set({ present: false })
      .where(and(eq(host.present, true), hostIds.length ? notInArray(host.id, hostIds) : undefined))
      .returning({ id: host.id });
    for (const { id, platform } of [...fleet.hosts].sort((a, b) => (a.id < b.id ? -1 : 1)))
      await tx
        .insert(host)
        .values({ id, platform })
        .onConflictDoUpdate({ target: host.id, set: { platform, present: true } });
    const before = await tx
      .select({
        id: service.id,
        host: service.host,
        name: service.name,
        discovered: service.discovered,
      })
      .from(service)
      .where(eq(service.present, true));
    const names = new Set(fleet.services.map((wanted) => `${wanted.host}/${wanted.name}`));
    const gone = before.filter(
      (row) => !names.has(`${row.host}/${row.name}`) && !(row.discovered && fleet.discovering.has(row.host)),
    );
    await takeAway(tx, gone);
    const kept = await put(tx, fleet.services, false);
    const told = { alerts: fleet.alerts, groups: fleet.groups };
    await tx
      .insert(configState)
      .values({ id: 1, errors: [], at, ...told })
      .onConflictDoUpdate({ target: configState.id, set: told });
    await appendFeed(
      tx,
      [
        ...hostIds.map((id) => ({ kind: "host" as const, payload: { id } })),
        ...kept.map((serviceId) => ({ kind: "service" as const, serviceId })),
        ...gone.map(tellRemoved),
        ...goneHosts.map(({ id }) => ({ kind: "host-removed" as const, payload: { id } })),
      ],
      at,
    );
  });
}

/** Takes over what was found on a host beside the configuration: all of it, so what is missing has gone. */
export async function syncDiscovered(
  { db }: Database,
  hostId: string,
  found: readonly { readonly name: string; readonly runs: string }[],
  at: number,
): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.select({ id: host.id }).from(host).where(eq(host.id, hostId)).for("no key update");
    const known = await tx
      .select({ id: service.id, host: service.host, name: service.name, discovered: service.discovered })
      .from(service)
      .where(and(eq(service.host, hostId), eq(service.present, true)));
    const names = new Set(found.map(({ name }) => name));
    const gone = known.filter((row) => row.discovered && !names.has(row.name));
    const before = new Set(known.map(({ name }) => name));
    await takeAway(tx, gone);
    const added = found
      .filter(({ name }) => !before.has(name))
      .map(({ name, runs }) => ({
        host: hostId,
        name,
        kind: "service",
        group: null,
        tags: [],
        settings: { runbook: null, runs },
      }));
    const ids = await put(tx, added, true);
    await appendFeed(
      tx,
      [...ids.map((serviceId) => ({ kind: "service" as const, serviceId })), ...gone.map(tellRemoved)],
      at,
    );
  });
}

interface Named {
  readonly id: number;
  readonly host: string;
  readonly name: string;
}

function tellRemoved(row: Named) {
  return {
    kind: "service-removed" as const,
    serviceId: row.id,
    payload: { id: `${row.host}/${row.name}` },
  };
}

async function takeAway(tx: Handle, gone: readonly Named[]): Promise<void> {
  const ids = gone.map(({ id }) => id);
  if (ids.length > 0) await tx.update(service).set({ present: false }).where(inArray(service.id, ids));
}

/** @returns the ids of all of them. */
async function put(tx: Handle, services: readonly WantedService[], discovered: boolean): Promise<number[]> {
  const kept: number[] = [];
  for (let start = 0; start < services.length; start += 500) {
    const rows = services.slice(start, start + 500).map((wanted) => ({
      host: wanted.host,
      name: wanted.name,
      kind: wanted.kind,
      groupName: wanted.group,
      tags: [...wanted.tags],
      settings: wanted.settings,
      present: true,
      discovered,
    }));
    const written = await tx
      .insert(service)
      .values(rows)
      .onConflictDoUpdate({
        target: [service.host, service.name],
        set: {
          kind: sql`excluded.kind`,
          groupName: sql`excluded.group_name`,
          tags: sql`excluded.tags`,
          settings: sql`excluded.settings`,
          discovered: sql`excluded.discovered`,
          present: true,
        },
      })
      .returning({ id: service.id });
    kept.push(...written.map(({ id }) => id));
  }
  return kept;
}

/** Says what is wrong with the newest configuration text; empty when it is in force. */
export async function recordConfigErrors(
  { db }: Database,
  errors: readonly string[],
  at: number,
): Promise<void> {
  await db.transaction(async (tx) => {
    const values = { errors: [...errors], at };
    await tx
      .insert(configState)
      .values({ id: 1, ...values })
      .onConflictDoUpdate({ target: configState.id, set: values });
    await appendFeed(tx, [{ kind: "config" }], at);
  });
}
