import type { HostContact } from "@/lib/wire/live";
import type { Command, Service, Transition } from "@/lib/wire/service";

/** The fleet as this browser knows it. Lists and records are replaced, never changed in place. */
export interface FleetRecords {
  readonly services: Map<string, Service>;
  readonly hosts: Map<string, HostContact>;
  /** Newest first, bounded per service and altogether; who moved least lately comes first. */
  readonly transitions: Map<string, readonly Transition[]>;
  transitionCount: number;
  /** Of any service, as they were told, the newest last; bounded. */
  told: Transition[];
  readonly commands: Map<string, Command>;
  /** The command asked for last, per service: it stays known after it was settled. */
  readonly lastCommands: Map<string, Command>;
  /** How many services are in each state; `""` counts those never seen. */
  readonly counts: Map<string, number>;
}

const transitionsKept = 200;
const transitionsKeptInAll = 20_000;
const toldKept = 1_000;
const commandsKept = 500;

export function createFleetRecords(): FleetRecords {
  return {
    services: new Map(),
    hosts: new Map(),
    transitions: new Map(),
    transitionCount: 0,
    told: [],
    commands: new Map(),
    lastCommands: new Map(),
    counts: new Map(),
  };
}

/** What a change means for views: nothing, this service's row only, also the counts, also the list. */
export type ServiceChange = "none" | "detail" | "state" | "shape";

/** Takes over a service unless what is known is newer. */
export function putService(records: FleetRecords, service: Service): ServiceChange {
  const known = records.services.get(service.id);
  if (known !== undefined && known.seq > service.seq) return "none";
  records.services.set(service.id, service);
  if (service.command !== null) putCommand(records, service.command);
  if (known?.state !== service.state || known === undefined) {
    if (known !== undefined) count(records, known.state, -1);
    count(records, service.state, 1);
  }
  if (known === undefined || placeOf(known) !== placeOf(service)) return "shape";
  return known.state === service.state && attentionTo(known) === attentionTo(service) ? "detail" : "state";
}

/** What of a service the fleet's counts and its line of attention tell, beside its state. */
function attentionTo({ contact, application }: Service): string {
  return `${contact.status} ${application?.disagreement?.since}`;
}

export function removeService(records: FleetRecords, id: string): boolean {
  const known = records.services.get(id);
  if (known === undefined) return false;
  records.services.delete(id);
  records.transitionCount -= records.transitions.get(id)?.length ?? 0;
  records.transitions.delete(id);
  records.lastCommands.delete(id);
  count(records, known.state, -1);
  return true;
}

/** Adds a transition, or replaces it by a higher revision of itself. */
export function putTransition(records: FleetRecords, transition: Transition): boolean {
  const known = records.transitions.get(transition.service) ?? [];
  const merged = mergeTransitions(known, [transition]);
  if (merged === known) return false;
  const kept = merged.slice(0, transitionsKept);
  records.transitions.delete(transition.service);
  records.transitions.set(transition.service, kept);
  records.transitionCount += kept.length - known.length;
  forgetLongAgo(records);
  records.told.push(transition);
  // A quarter at once: dropping one by one would copy the list each time.
  if (records.told.length > toldKept) records.told = records.told.slice(-0.75 * toldKept);
  return true;
}

/** A page may stand open for months: who has not moved for longest is forgotten first. */
function forgetLongAgo(records: FleetRecords): void {
  for (const [service, { length }] of records.transitions) {
    if (records.transitionCount <= transitionsKeptInAll) return;
    records.transitions.delete(service);
    records.transitionCount -= length;
  }
}

/** One service's moves, the newest first. */
function bySeq(left: Transition, right: Transition): number {
  return right.seq - left.seq;
}

/** Both lists as one, newest first by `order`, each transition once, in its highest revision. */
export function mergeTransitions(
  known: readonly Transition[],
  added: readonly Transition[],
  order: (left: Transition, right: Transition) => number = bySeq,
): readonly Transition[] {
  const byId = new Map(known.map((transition) => [transition.id, transition]));
  let changed = false;
  for (const transition of added) {
    const before = byId.get(transition.id);
    if (before !== undefined && before.revision >= transition.revision) continue;
    byId.set(transition.id, transition);
    changed = true;
  }
  return changed ? [...byId.values()].sort(order) : known;
}

/** Keeps the further advanced of what is known and what is told; says whether anything changed. */
export function putCommand(records: FleetRecords, command: Command): boolean {
  const known = records.commands.get(command.id);
  if (known !== undefined && progressOf(known) >= progressOf(command)) return false;
  records.commands.set(command.id, command);
  const last = records.lastCommands.get(command.service);
  if (last === undefined || last.id === command.id || last.requestedAt <= command.requestedAt) {
    records.lastCommands.set(command.service, command);
  }
  if (records.commands.size > commandsKept) {
    const [oldest] = records.commands.keys();
    if (oldest !== undefined) records.commands.delete(oldest);
  }
  return true;
}

/** A command only goes forward: requested, accepted, target reached, settled. */
function progressOf(command: Command): number {
  if (command.settledAt !== null) return 3;
  if (command.reachedAt !== null) return 2;
  return command.status === "requested" ? 0 : 1;
}

function placeOf(service: Service): string {
  return [service.group, service.host, service.kind, service.name, ...service.tags].join("\n");
}

function count(records: FleetRecords, state: string | null, step: 1 | -1): void {
  const key = state ?? "";
  const next = (records.counts.get(key) ?? 0) + step;
  if (next > 0) records.counts.set(key, next);
  else records.counts.delete(key);
}
