import { and, eq, inArray, notInArray, sql } from "drizzle-orm";
import type { Database } from "../open";
import { configState, host, type ServiceSettings, service } from "../schema";
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
      .select({ id: service.id, host: service.host, name: service.name })
      .from(service)
      .where(eq(service.present, true));
    const names = new Set(fleet.services.map((wanted) => `${wanted.host}/${wanted.name}`));
    const gone = before.filter((row) => !names.has(`${row.host}/${row.name}`));
    if (gone.length > 0)
      await tx
        .update(service)
        .set({ present: false })
        .where(
          inArray(
            service.id,
            gone.map(({ id }) => id),
          ),
        );
    const kept: number[] = [];
    for (let start = 0; start < fleet.services.length; start += 500) {
      const rows = fleet.services.slice(start, start + 500).map((wanted) => ({
        host: wanted.host,
        name: wanted.name,
        kind: wanted.kind,
        groupName: wanted.group,
        tags: [...wanted.tags],
        settings: wanted.settings,
        present: true,
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
            present: true,
          },
        })
        .returning({ id: service.id });
      kept.push(...written.map(({ id }) => id));
    }
    await appendFeed(
      tx,
      [
        ...hostIds.map((id) => ({ kind: "host" as const, payload: { id } })),
        ...kept.map((serviceId) => ({ kind: "service" as const, serviceId })),
        ...gone.map((row) => ({
          kind: "service-removed" as const,
          serviceId: row.id,
          payload: { id: `${row.host}/${row.name}` },
        })),
        ...goneHosts.map(({ id }) => ({ kind: "host-removed" as const, payload: { id } })),
      ],
      at,
    );
  });
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
