import { and, eq, isNull, ne } from "drizzle-orm";
import { commandView } from "../../lib/wire/command-view";
import type { Database } from "../open";
import { command, service } from "../schema";
import { appendFeed } from "./append-feed";

/**
 * Commands of this host that an earlier engine had taken and that nobody follows any more: they
 * are not run again, and what became of them is not known.
 */
export async function settleOrphans({ db }: Database, hostId: string, at: number): Promise<number> {
  return db.transaction(async (tx) => {
    const orphans = await tx
      .select({ command, name: service.name })
      .from(command)
      .innerJoin(service, eq(service.id, command.serviceId))
      .where(and(eq(service.host, hostId), isNull(command.settledAt), ne(command.status, "requested")));
    const entries = [];
    for (const { command: row, name } of orphans) {
      const detail = row.reachedAt
        ? "Its target was reached, but the engine ended before it had held."
        : "The engine that executed it ended; it was not run again, and whether it did what was asked is not known.";
      const settled = { ...row, status: "unknown" as const, settledAt: at, detail };
      await tx
        .update(command)
        .set({ status: "unknown", settledAt: at, detail })
        .where(eq(command.id, row.id));
      entries.push(
        { kind: "service" as const, serviceId: row.serviceId },
        {
          kind: "command" as const,
          serviceId: row.serviceId,
          payload: commandView(settled, `${hostId}/${name}`),
        },
      );
    }
    await appendFeed(tx, entries, at);
    return orphans.length;
  });
}
