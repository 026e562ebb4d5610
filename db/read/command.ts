import { eq, sql } from "drizzle-orm";
import type { Handle } from "../open";
import { command, service } from "../schema";

/** A command and its service's id, `host/name`; `null` if there is none of this id. */
export async function readCommand(db: Handle, id: string) {
  const [found] = await db
    .select({ command, service: sql<string>`${service.host} || '/' || ${service.name}` })
    .from(command)
    .innerJoin(service, eq(service.id, command.serviceId))
    .where(eq(command.id, id));
  return found ?? null;
}
