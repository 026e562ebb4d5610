import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { openTestDatabase, type TestDatabase } from "@/db/test-database";
import { requestCommand } from "@/db/write/request-command";
import type { Fleet } from "../../config/fleet";
import { parseFleet } from "../../config/parse";
import type { OperatorEvent } from "../../machine/types";
import type { ServiceDetail } from "../../platforms/contract";
import type { KeeperClock } from "../alerts/keeper-clock";
import { Engine } from "../engine";

/** A transition with the newest word on its cause. */
export interface Told {
  readonly seq: number;
  readonly edge: string;
  readonly event: string | null;
  readonly at: number;
  readonly monotonic: number | null;
  readonly source: string;
  readonly declared: boolean;
  readonly inferred: boolean;
  readonly kind: string;
  readonly actor: string | null;
  readonly detail: string;
  readonly command: string | null;
  readonly key: string;
}

/** An engine with a database of its own, for tests that look at what it makes of a fleet. */
export class TestFleet {
  readonly test: TestDatabase;
  readonly #folder: string;
  readonly #alertClock: KeeperClock | undefined;
  #engine: Engine | null = null;
  fatal: Error | null = null;

  private constructor(test: TestDatabase, folder: string, alertClock: KeeperClock | undefined) {
    this.test = test;
    this.#folder = folder;
    this.#alertClock = alertClock;
  }

  /** @param text a signalbox.yaml. @param alertClock what the limits of alerts are measured by. */
  static async open(text: string, alertClock?: KeeperClock): Promise<TestFleet> {
    const folder = mkdtempSync(path.join(os.tmpdir(), "signalbox-fleet-"));
    const fleet = new TestFleet(await openTestDatabase(), folder, alertClock);
    await fleet.start(text);
    return fleet;
  }

  async start(text: string): Promise<void> {
    const settings = {
      instanceId: `test-${process.pid}`,
      dataFolder: this.#folder,
      build: "test",
      secrets: {},
      ...(this.#alertClock && { alertClock: this.#alertClock }),
    };
    this.#engine = new Engine(this.test.database, settings, (error) => {
      this.fatal = error;
    });
    await this.#engine.open(fleetOf(text));
  }

  async reconfigure(text: string): Promise<void> {
    await this.#engine?.reconfigure(fleetOf(text));
  }

  async stop(): Promise<void> {
    await this.#engine?.close(4_000);
    this.#engine = null;
  }

  async close(): Promise<void> {
    await this.stop();
    await this.test.close();
    rmSync(this.#folder, { recursive: true, force: true });
    if (this.fatal) throw this.fatal;
  }

  async history(id: string): Promise<Told[]> {
    const [host = "", name = ""] = split(id);
    return this.test.database.sql<Told[]>`
      SELECT t.seq, coalesce(t.from_state, '') || ' → ' || t.to_state AS edge, t.event, t.at::float8 AS at,
        t.monotonic::float8 AS monotonic, t.source,
        t.declared, t.inferred, a.kind, a.actor, a.detail, t.command_id AS command, t.source_key AS key
      FROM transition t JOIN service s ON s.id = t.service_id
      JOIN LATERAL (SELECT * FROM attribution WHERE transition_id = t.id ORDER BY revision DESC LIMIT 1) a ON true
      WHERE s.host = ${host} AND s.name = ${name} ORDER BY t.seq`;
  }

  /** The states that it went through, in order. */
  async path(id: string): Promise<string[]> {
    return (await this.history(id)).map(({ edge }) => edge.split(" → ")[1] ?? "");
  }

  async reaches(id: string, state: string): Promise<void> {
    const isThere = async () => ((await this.path(id)).at(-1) === state ? true : undefined);
    await until(isThere, `${id} is ${state}`).catch(async (error: Error) => {
      const seen = { path: await this.path(id), host: await this.host(split(id)[0]) };
      throw new Error(`${error.message}, but: ${JSON.stringify(seen)}`);
    });
  }

  /** How many transitions there are in all. */
  async count(): Promise<number> {
    const [row] = await this.test.database.sql<{ count: number }[]>`SELECT count(*)::int FROM transition`;
    return row?.count ?? 0;
  }

  async detail(id: string): Promise<ServiceDetail | undefined> {
    const [host = "", name = ""] = split(id);
    const [row] = await this.test.database.sql<{ detail: ServiceDetail }[]>`
      SELECT detail FROM service WHERE host = ${host} AND name = ${name}`;
    return row?.detail;
  }

  async gaps(host: string): Promise<{ from: number; to: number; reason: string; recovered: boolean }[]> {
    return this.test.database.sql`SELECT from_at::float8 AS from, to_at::float8 AS to, reason, recovered
      FROM gap WHERE host = ${host} ORDER BY from_at`;
  }

  async host(id: string) {
    const [row] = await this.test.database.sql<
      { contact: string; reason: string | null; facts: Record<string, unknown> | null }[]
    >`SELECT contact, contact_reason AS reason, facts FROM host WHERE id = ${id}`;
    return row;
  }

  async order(id: string, event: OperatorEvent, actor = "local operator"): Promise<string> {
    const answer = await this.ask(id, event, actor);
    if (answer.tag !== "accepted") throw new Error(JSON.stringify(answer));
    return answer.command.id;
  }

  ask(id: string, event: OperatorEvent, actor = "local operator") {
    const [host = "", name = ""] = split(id);
    return requestCommand(this.test.database, { host, name, event, actor, reason: null, expectedSeq: null });
  }

  async fate(id: string): Promise<{ status: string; detail: string }> {
    return until(async () => {
      const [row] = await this.test.database.sql<{ status: string; detail: string; settled: boolean }[]>`
        SELECT status, detail, settled_at IS NOT NULL AS settled FROM command WHERE id = ${id}`;
      return row?.settled ? row : undefined;
    }, "the command is settled");
  }
}

function split(id: string): [string, string] {
  const cut = id.indexOf("/");
  return [id.slice(0, cut), id.slice(cut + 1)];
}

function fleetOf(text: string): Fleet {
  const parsed = parseFleet(text, { file: "test.yaml", baseFolder: os.tmpdir() });
  if (parsed.tag === "invalid") throw new Error(JSON.stringify(parsed.issues));
  return parsed.fleet;
}

/** Asks until there is an answer. @throws Error naming `what`. */
export async function until<T>(
  read: () => Promise<T | undefined>,
  what: string,
  withinMs = 30_000,
): Promise<T> {
  const deadline = performance.now() + withinMs;
  for (;;) {
    const found = await read();
    if (found !== undefined) return found;
    if (performance.now() > deadline) throw new Error(`not within ${withinMs / 1000} s: ${what}`);
    await sleep(50);
  }
}
