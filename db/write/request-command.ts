import { randomUUID } from "node:crypto";
import { and, desc, eq, isNull, sql } from "drizzle-orm";
import { now } from "../../lib/clock";
import type { Override } from "../../lib/machine/decide";
import type { OperatorEvent } from "../../lib/machine/types";
import { commandView } from "../../lib/wire/command-view";
import { contactView } from "../../lib/wire/contact-view";
import { holderOf, refusalOf } from "../../lib/wire/decision";
import type { Command, Refusal } from "../../lib/wire/service";
import { channels } from "../channels";
import type { Database, Handle } from "../open";
import type { StoredCommand } from "../read/services";
import { command, host, service } from "../schema";
import { appendAudit } from "./append-audit";
import { appendFeed } from "./append-feed";

export interface CommandRequest {
  readonly host: string;
  readonly name: string;
  readonly event: OperatorEvent;
  /** Who asks, as history will tell it. */
  readonly actor: string;
  readonly reason: string | null;
  /** The `seq` that the asker saw; `null` asks whatever the service did meanwhile. */
  readonly expectedSeq: number | null;
  /** `busy`: a command under way is called off, where the refusal said that it can be. */
  readonly override?: Override | null;
}

export type CommandAnswer =
  | { readonly tag: "accepted"; readonly command: Command }
  | ({ readonly tag: "refused" } & Refusal)
  | { readonly tag: "unknown-service" };

/**
 * The guard of every command, from wherever it comes: contact, fresh, free, legal, in this order and
 * on the locked service, so that of two requests at once one is accepted and the other finds the
 * holder. An accepted command waits for the engine; allowed and refused alike are audited.
 */
export async function requestCommand({ db }: Database, request: CommandRequest): Promise<CommandAnswer> {
  try {
    return await db.transaction((tx) => decideAndInsert(tx, request));
  } catch (error) {
    if (!isWorthAnotherTry(error)) throw error;
    return db.transaction((tx) => decideAndInsert(tx, request));
  }
}

async function decideAndInsert(tx: Handle, request: CommandRequest): Promise<CommandAnswer> {
  const at = now().at;
  const found = await lockService(tx, request.host, request.name);
  if (!found) return { tag: "unknown-service" };
  const held = await readHolder(tx, found.service.id);
  const holder = holderOf(held);
  const contact = contactView(found.host, at);
  const refusal = refusalOf(
    found.service,
    { state: (found.service.glimpse ?? found.service).state, contact, holder },
    request,
  );
  const calledOff = held && !refusal ? await callOff(tx, held, request, at) : null;
  // The engine was first: what held the service no longer does, so the question is another one.
  if (held && !refusal && !calledOff) return decideAndInsert(tx, request);
  const audited = appendAudit(tx, {
    at,
    actor: request.actor,
    action: `command ${request.event}`,
    target: `${request.host}/${request.name}`,
    outcome: refusal === null ? "allowed" : "refused",
    detail: refusal === null ? request.reason : sayRefusal(refusal),
  });
  if (refusal) {
    await audited;
    return { tag: "refused", ...refusal };
  }
  const [accepted] = await Promise.all([insertCommand(tx, found.service.id, request, at), audited]);
  await tell(tx, found.service.id, calledOff ? [calledOff, accepted] : [accepted], at);
  return { tag: "accepted", command: accepted };
}

/** Not FOR UPDATE: the engine's inserts of history, which refer to the service, need not wait. */
async function lockService(tx: Handle, hostId: string, name: string) {
  const [found] = await tx
    .select({ service, host })
    .from(service)
    .innerJoin(host, eq(host.id, service.host))
    .where(and(eq(service.host, hostId), eq(service.name, name), eq(service.present, true)))
    .for("no key update", { of: service });
  return found;
}

const isHolding = and(isNull(command.settledAt), isNull(command.reachedAt));

async function readHolder(tx: Handle, serviceId: number) {
  const [holder] = await tx
    .select()
    .from(command)
    .where(and(eq(command.serviceId, serviceId), isHolding))
    .orderBy(desc(command.requestedAt))
    .limit(1);
  return holder ?? null;
}

/**
 * The engine finds it settled and follows the new one instead.
 * @returns null where it was settled, or had reached its target, before this could be written.
 */
async function callOff(
  tx: Handle,
  held: StoredCommand,
  { actor, event, host: hostId, name }: CommandRequest,
  at: number,
): Promise<Command | null> {
  const settled = { status: "failed" as const, settledAt: at, detail: `Called off by ${actor}'s ${event}.` };
  const [row] = await tx
    .update(command)
    .set(settled)
    .where(and(eq(command.id, held.id), isHolding))
    .returning();
  return row ? commandView(row, `${hostId}/${name}`) : null;
}

async function insertCommand(
  tx: Handle,
  serviceId: number,
  { event, actor, reason, host: hostId, name }: CommandRequest,
  requestedAt: number,
): Promise<Command> {
  const [row] = await tx
    .insert(command)
    .values({ id: randomUUID(), serviceId, event, actor, reason, status: "requested", requestedAt })
    .returning();
  if (!row) throw new Error("the command was not stored");
  return commandView(row, `${hostId}/${name}`);
}

/** Last in the transaction: from here on everybody else's news wait for the commit. */
async function tell(tx: Handle, serviceId: number, commands: readonly Command[], at: number): Promise<void> {
  const told = commands.map((payload) => ({ kind: "command" as const, serviceId, payload }));
  const called = tx.execute(sql`SELECT pg_notify(${channels.command}, '')`);
  await Promise.all([called, appendFeed(tx, [{ kind: "service", serviceId }, ...told], at)]);
}

function sayRefusal({ code, reason }: Refusal): string {
  return `${code}: ${reason}`;
}

/**
 * Whoever inserts without the service's lock still meets the index of holders; and calling off may
 * cross with an engine that has the command's row and wants the service's (`deadlock_detected`).
 */
function isWorthAnotherTry(error: unknown): boolean {
  const { code, constraint_name } =
    (error as { cause?: { code?: string; constraint_name?: string } }).cause ?? {};
  return code === "40P01" || (code === "23505" && constraint_name === "command_holds_service");
}
