import { setTimeout as sleep } from "node:timers/promises";
import type { Identity } from "./identity";
import { listProcesses, type ProcessEntry, readVariables } from "./process-table";

/** Set for every child: it names the service to those who find the process later. */
export const serviceVariable = "SIGNALBOX_SERVICE";
export const invocationVariable = "SIGNALBOX_INVOCATION";

/** A process, and which service and start it came from, where its environment tells. */
export interface Inhabitant extends ProcessEntry {
  readonly service: string | null;
  readonly invocation: string | null;
}

/** All living processes of this machine at one look, found by what they belong to. */
export class Census {
  readonly #byPid: ReadonlyMap<number, Inhabitant>;
  readonly #bySession = new Map<number, Inhabitant[]>();
  readonly #byGroup = new Map<number, Inhabitant[]>();
  readonly #byService = new Map<string, Inhabitant[]>();

  constructor(all: readonly Inhabitant[]) {
    this.#byPid = new Map(all.map((one) => [one.pid, one]));
    for (const one of all) {
      add(this.#bySession, one.sessionId, one);
      add(this.#byGroup, one.groupId, one);
      if (one.service !== null && one.pid !== process.pid) add(this.#byService, one.service, one);
    }
  }

  /** What carries the mark of a service, for each mark. */
  get marked(): ReadonlyMap<string, readonly Inhabitant[]> {
    return this.#byService;
  }

  get(pid: number): Inhabitant | undefined {
    return this.#byPid.get(pid);
  }

  /** The leader, its group and session, and everything that carries the mark. */
  family(leader: Identity | null, mark: string): Inhabitant[] {
    const marked = this.#byService.get(mark) ?? [];
    return [...new Set([...this.#inSession(leader), ...marked])];
  }

  /** A group keeps its number from being given out; another process under it means it was empty. */
  #inSession(leader: Identity | null): Inhabitant[] {
    if (leader === null) return [];
    const holder = this.#byPid.get(leader.pid);
    if (holder !== undefined && holder.startTime !== leader.startTime) return [];
    return [...(this.#bySession.get(leader.pid) ?? []), ...(this.#byGroup.get(leader.pid) ?? [])];
  }
}

function add<Key>(map: Map<Key, Inhabitant[]>, key: Key, one: Inhabitant): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [one]);
  else list.push(one);
}

const readAtOnce = 16;
const longestRestMs = 500;

let running: Promise<unknown> = Promise.resolve();
let coming: Promise<Census> | null = null;

/**
 * Looks at all processes. One look serves everybody who asks before it begins, and looks are taken
 * one after the other with rests between them: however many wait for something to end, the table is
 * read no more often.
 */
export function takeCensus(): Promise<Census> {
  coming ??= begin(running);
  return coming;
}

async function begin(before: Promise<unknown>): Promise<Census> {
  await before;
  coming = null;
  const began = performance.now();
  const look = lookAround();
  running = look.then(
    () => sleep(Math.min(performance.now() - began, longestRestMs)),
    () => undefined,
  );
  return look;
}

async function lookAround(): Promise<Census> {
  const entries = await listProcesses();
  const all: Inhabitant[] = [];
  for (let from = 0; from < entries.length; from += readAtOnce) {
    const some = entries.slice(from, from + readAtOnce).map(async (entry) => {
      const variables = await readVariables(entry.pid, [serviceVariable, invocationVariable]);
      return { ...entry, service: variables[serviceVariable], invocation: variables[invocationVariable] };
    });
    all.push(...(await Promise.all(some)));
  }
  return new Census(all);
}
