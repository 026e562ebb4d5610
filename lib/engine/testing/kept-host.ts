import { eq } from "drizzle-orm";
import type { Database } from "@/db/open";
import { host as hostTable } from "@/db/schema";
import { addHost, addService } from "@/db/test-fleet";
import type { RecordedMove } from "@/db/write/batch";
import { defaultAlerts } from "../../config/alert-keys";
import type { Alerts } from "../../config/fleet";
import { advance } from "../../machine/advance";
import { service as plainMachine } from "../../machine/kinds/service";
import type { Cause } from "../../machine/observation";
import type { Machine } from "../../machine/types";
import type { Told } from "../../probes/contract";
import type { CommandRow } from "../../wire/command-view";
import { commandView } from "../../wire/command-view";
import { AlertKeeper } from "../alert-keeper";
import type { WatchedHost } from "../alerts/host-desk";
import type { SetClock } from "../alerts/testing/set-clock";
import { createLogger } from "../logger";
import { Recorder } from "../recorder";

interface KeptOptions {
  /** Since when nobody looked. */
  readonly lostAt?: number;
  readonly machine?: Machine;
  readonly group?: string;
  /** Kept by the same engine. */
  readonly beside?: KeptHost;
}

const byItself: Cause = { kind: "service", detail: "exited with code 5" };

/**
 * A host whose services a test moves by hand, at the pace of a clock that is set by hand: what an
 * engine would hand over goes through a real recorder into a real database, and a keeper hears it.
 */
export class KeptHost {
  readonly recorder: Recorder;
  readonly keeper: AlertKeeper;
  readonly machine: Machine;
  readonly watch: WatchedHost & { live: boolean; gaps: { from: number; to: number }[] };
  /** The stays of which it was judged what is usual, as often as that was read. */
  readonly usualOf: (readonly number[])[] = [];
  readonly #clock: SetClock;
  readonly #services = new Map<string, { id: number; state: string | null; seq: number }>();

  private constructor(
    database: Database,
    clock: SetClock,
    name: string,
    epoch: number,
    { machine = plainMachine, beside }: KeptOptions,
  ) {
    this.#clock = clock;
    this.machine = machine;
    this.watch = {
      host: name,
      epoch,
      live: true,
      gaps: [],
      tracks: () => [],
      stayAwake: () => undefined,
    };
    if (beside) {
      this.keeper = beside.keeper;
      this.recorder = beside.recorder;
      return;
    }
    const log = createLogger("test");
    this.keeper = new AlertKeeper({
      database,
      push: (host, of, entry) => this.recorder.push(host, of, entry),
      log,
      clock,
      usualMs: (recent) => {
        this.usualOf.push(recent);
        return recent[0] ?? null;
      },
    });
    const onFatal = (error: Error) => {
      throw error;
    };
    this.recorder = new Recorder(database.sql, log, onFatal, {
      onEntry: (host, entry) => this.keeper.hear(host, entry),
    });
  }

  /** Takes the host over, as an engine that begins does. */
  static async open(
    database: Database,
    clock: SetClock,
    name: string,
    services: Readonly<Record<string, Partial<Alerts>>>,
    options: KeptOptions = {},
  ): Promise<KeptHost> {
    const { lostAt, group = "front", machine = plainMachine } = options;
    const { db, sql } = database;
    const [known] = await db.select().from(hostTable).where(eq(hostTable.id, name));
    if (!known) {
      await addHost(database, name, { observedUntil: clock.now().at });
      for (const service of Object.keys(services))
        await addService(database, name, service, {
          state: null,
          since: null,
          groupName: group,
          kind: machine.kind,
          tags: ["web"],
        });
    }
    const [taken] = await sql<{ epoch: number }[]>`
      UPDATE host SET epoch = epoch + 1 WHERE id = ${name} RETURNING epoch`;
    const kept = new KeptHost(database, clock, name, taken?.epoch ?? 0, options);
    const rows = await sql<{ id: number; name: string; state: string | null; seq: number }[]>`
      SELECT id, name, state, seq FROM service WHERE host = ${name}`;
    for (const row of rows) kept.#services.set(row.name, row);
    if (lostAt !== undefined) kept.watch.gaps.push({ from: lostAt, to: clock.now().at });
    await kept.keeper.wake();
    await kept.keeper.load(kept.watch, {
      alerts: defaultAlerts,
      services: rows.map((row) => ({
        serviceId: row.id,
        id: `${name}/${row.name}`,
        group,
        tags: ["web"],
        machine,
        isValidator: false,
        alerts: { ...defaultAlerts, ...services[row.name] },
      })),
    });
    kept.push({ tag: "contact", status: "live", at: clock.now().at, reason: null });
    kept.keeper.opened(name);
    return kept;
  }

  push(entry: Parameters<Recorder["push"]>[2]): void {
    this.recorder.push(this.watch.host, this.watch.epoch, entry);
  }

  idOf(name: string): number {
    return this.#of(name).id;
  }

  /** The service is seen to come into these states, one after the other, now. */
  move(name: string, states: readonly string[], cause: Cause = byItself, over = false): void {
    const service = this.#of(name);
    const { at, monotonic } = this.#clock.now();
    const moves = states.flatMap((state): RecordedMove[] => {
      const seen = { at, observedAt: at, bootId: null, monotonic, source: "signal" as const };
      const sourceKey = `${name} ${service.seq + 1}`;
      const told = advance(this.machine, service, { state, ...seen, cause, evidence: {}, sourceKey });
      for (const move of told) Object.assign(service, { state: move.to, seq: move.seq });
      return told.map((move) => ({ move, inFromUs: 0, gapUs: 0, commandId: cause.commandId ?? null }));
    });
    this.push({ tag: "moves", serviceId: service.id, moves, over });
  }

  /** What it says of itself; null: nothing of it runs. */
  say(name: string, told: Told | null): void {
    this.push({ tag: "application", serviceId: this.#of(name).id, told });
  }

  /** A command as far as it has come. It stands in no table: what the keeper hears is enough for it. */
  command(name: string, row: Partial<CommandRow>): void {
    const told: CommandRow = {
      id: "command-1",
      event: "start",
      actor: "anna",
      reason: null,
      status: "accepted",
      requestedAt: this.#clock.now().at,
      reachedAt: null,
      settledAt: null,
      detail: null,
      ...row,
    };
    const view = commandView(told, `${this.watch.host}/${name}`);
    this.push({ tag: "command", serviceId: this.#of(name).id, row: told, view });
  }

  /** The host is out of contact from now on. */
  lose(reason: string): void {
    this.watch.live = false;
    this.push({ tag: "contact", status: "lost", at: this.#clock.now().at, reason });
  }

  /** Seen again; what happened meanwhile is not known. */
  find(lostAt: number): void {
    const { at } = this.#clock.now();
    this.watch.gaps.push({ from: lostAt, to: at });
    this.watch.live = true;
    this.push({ tag: "contact", status: "live", at, reason: null });
    this.push({ tag: "gap", from: lostAt, to: at, reason: "it was lost", recovered: false });
  }

  /** The host is seen up to now, which an engine says every second. */
  observe(): void {
    this.push({ tag: "observed", until: this.#clock.now().at, historyUntil: null });
  }

  /** Time passes; resolves when all that follows is written. */
  async pass(ms: number): Promise<void> {
    await this.#clock.pass(ms);
    await this.written();
  }

  async written(): Promise<void> {
    await Promise.resolve();
    await this.recorder.settled(10_000);
  }

  /** As a crash ends it: nothing is said any more. */
  async kill(): Promise<void> {
    await this.written();
    this.keeper.close();
  }

  #of(name: string) {
    const service = this.#services.get(name);
    if (!service) throw new Error(`there is no ${name}`);
    return service;
  }
}
