import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { now } from "../../clock";
import type { OperatorEvent } from "../../machine/types";
import type { LogLine } from "../../wire/service";
import { connectHere } from "../connect-here";
import type {
  ActionContext,
  ActResult,
  CloseReason,
  LastKnown,
  LogQuery,
  Platform,
  Report,
  Resume,
  Usage,
} from "../contract";
import { closeInOrder } from "./close-in-order";
import { endStray } from "./end-stray";
import type { Trigger } from "./facts";
import { fileNameOf } from "./file-names";
import type { Household } from "./household";
import { type Found, findLeftOvers } from "./left-overs";
import { readAround } from "./log-around";
import { followLog } from "./log-follow";
import { LogMarks } from "./log-marks";
import { rotateWhileRunning } from "./log-rotation";
import { readTail } from "./log-tail";
import type { ProcessSpec } from "./process-spec";
import { RecordFolder } from "./record-file";
import { shouldStart } from "./should-start";
import { startOrder } from "./start-order";
import { Supervisor } from "./supervise";
import { usageOf } from "./usage";
import { Moves } from "./wait-for-moves";
import { refusalWhile } from "./words";

interface ProcessPlatformOptions {
  readonly hostName: string;
  /** Names this installation: its children carry it, so that no other one takes them for its own. */
  readonly instanceId: string;
  /** Of this host alone. */
  readonly stateFolder: string;
  readonly logFolder: string;
  readonly specs: readonly ProcessSpec[];
  /** Environment variables that children do not get, beside all that begin with SIGNALBOX_. */
  readonly withheld?: readonly string[];
  readonly warn?: (message: string) => void;
  /** How long a process may take to end after its SIGKILL, before it is given up. */
  readonly killPatienceMs?: number;
}

const logCheckEveryMs = 10_000;

/** The embedded supervisor: every service of the host is a child process of this very process. */
export class ProcessPlatform implements Platform {
  readonly recovers = false;
  readonly dial = connectHere;
  readonly #options: ProcessPlatformOptions;
  readonly #supervisors = new Map<string, Supervisor>();
  readonly #moves = new Moves();
  readonly #closing = new AbortController();
  readonly #house: Household;
  #closedAs: CloseReason | null = null;
  #order: readonly ProcessSpec[] = [];
  #report: (report: Report) => void = () => undefined;
  #reconfigured: Promise<void> = Promise.resolve();

  constructor(options: ProcessPlatformOptions) {
    this.#options = options;
    const {
      stateFolder,
      hostName,
      instanceId,
      withheld = ["DATABASE_URL"],
      warn = () => undefined,
      killPatienceMs = 10_000,
    } = options;
    const marks = new LogMarks(warn);
    this.#house = {
      markPrefix: `${instanceId}:${hostName}/`,
      stateFolder,
      records: new RecordFolder(stateFolder, instanceId),
      environment: { ours: process.env, withheld },
      killPatienceMs,
      logPathOf: (service) => this.#logPathOf(service),
      markLog: (service, at) => marks.note(this.#logPathOf(service), at),
      predecessors: (spec, signal) => this.#predecessorsOf(spec, signal),
      report: (report) => this.#report(report),
      warn,
      moved: this.#moves.moved,
    };
    this.#order = startOrder(options.specs);
    for (const spec of this.#order) this.#supervisors.set(spec.name, new Supervisor(spec, this.#house));
  }

  /**
   * Tells what it found. What an earlier run left is ended, and what is to be up is started, each
   * when nothing of it is left and in the order of `after`; that goes on when this has resolved.
   */
  async open({ services: lastKnown }: Resume, report: (report: Report) => void): Promise<void> {
    const { stateFolder, logFolder } = this.#options;
    this.#report = report;
    for (const folder of [stateFolder, logFolder]) mkdirSync(folder, { recursive: true, mode: 0o700 });
    const found = await this.#findLeftOvers();
    this.#look(this.#order, lastKnown, found);
    const isConfigured = (name: string) => this.#supervisors.has(name);
    for (const [name, left] of found)
      if (!isConfigured(name)) void endStray(this.#house, name, left, isConfigured);
    report({ tag: "contact", status: "live", at: now().at, reason: null });
    this.#startAll(this.#order, lastKnown, false);
    const timer = setInterval(() => void this.#lookAtLogs(), logCheckEveryMs).unref();
    this.#closing.signal.addEventListener("abort", () => clearInterval(timer), { once: true });
  }

  async act(service: string, event: OperatorEvent, context: ActionContext): Promise<ActResult> {
    if (this.#closedAs !== null) return { tag: "refused", reason: refusalWhile(this.#closedAs) };
    const supervisor = this.#supervisors.get(service);
    if (supervisor === undefined) return { tag: "refused", reason: "there is no such service" };
    const result = supervisor.act(event, context);
    return result.tag === "taken"
      ? { ...result, deadlineMs: result.deadlineMs + this.#longestWaitMs(supervisor.spec) }
      : result;
  }

  async logs(service: string, query: LogQuery): Promise<LogLine[]> {
    const path = this.#logPathOf(service);
    return query.around === undefined ? readTail(path, query) : readAround(path, query, query.around);
  }

  async usage(service: string): Promise<Usage | null> {
    return usageOf((await this.#supervisors.get(service)?.family.members()) ?? []);
  }

  async followLogs(
    service: string,
    query: LogQuery,
    signal: AbortSignal,
    onLine: (line: LogLine) => void,
  ): Promise<void> {
    await followLog(this.#logPathOf(service), query, AbortSignal.any([signal, this.#closing.signal]), onLine);
  }

  /**
   * Puts another configuration in force: what is no longer in it is stopped and dropped, what is new
   * appears (and starts, if it is to), what has changed is so from its next start on. Resolves when
   * what was dropped has ended.
   */
  reconfigure(specs: readonly ProcessSpec[], lastKnown: readonly LastKnown[] = []): Promise<void> {
    const done = this.#reconfigured.then(() => this.#putInForce(specs, lastKnown));
    // One that fails is told to whoever asked for it, and keeps no later one from being put in force.
    this.#reconfigured = done.catch(() => undefined);
    return done;
  }

  /** Stops all services, dependants first, and kills shortly before the deadline what has not ended. */
  async close(deadlineMs: number, why: CloseReason = "ending"): Promise<void> {
    this.#closedAs ??= why;
    this.#closing.abort();
    const trigger: Trigger = { tag: why === "ending" ? "signalbox-ending" : "unconfigured" };
    const closings = startOrder([...this.#supervisors.values()].map(({ spec }) => spec)).map((spec) => ({
      ...spec,
      end: async (limitMs: number) => this.#supervisors.get(spec.name)?.end(trigger, limitMs),
    }));
    await closeInOrder(closings, deadlineMs);
  }

  async #putInForce(specs: readonly ProcessSpec[], lastKnown: readonly LastKnown[]): Promise<void> {
    if (this.#closing.signal.aborted) return;
    const names = new Set(specs.map(({ name }) => name));
    const dropped = [...this.#supervisors].filter(([name]) => !names.has(name));
    this.#order = startOrder(specs);
    const added = this.#order.filter(({ name }) => !this.#supervisors.has(name));
    const found = added.length === 0 ? new Map<string, Found>() : await this.#findLeftOvers();
    for (const spec of specs) {
      const supervisor = this.#supervisors.get(spec.name);
      if (supervisor === undefined) this.#supervisors.set(spec.name, new Supervisor(spec, this.#house));
      else supervisor.spec = spec;
    }
    this.#look(added, lastKnown, found);
    this.#startAll(added, lastKnown, true);
    await Promise.all(
      dropped.map(async ([name, supervisor]) => {
        await supervisor.end({ tag: "unconfigured" }, Number.POSITIVE_INFINITY);
        this.#supervisors.delete(name);
      }),
    );
  }

  #findLeftOvers(): Promise<Map<string, Found>> {
    const { records, markPrefix } = this.#house;
    return findLeftOvers(records.readAll(), markPrefix);
  }

  #look(
    specs: readonly ProcessSpec[],
    lastKnown: readonly LastKnown[],
    found: ReadonlyMap<string, Found>,
  ): void {
    const last = new Map(lastKnown.map((known) => [known.service, known]));
    for (const { name } of specs) this.#supervisors.get(name)?.look(last.get(name), found.get(name));
  }

  /** `added`: to the configuration of this very run. */
  #startAll(specs: readonly ProcessSpec[], lastKnown: readonly LastKnown[], added: boolean): void {
    if (this.#closing.signal.aborted) return;
    for (const spec of specs) {
      const supervisor = this.#supervisors.get(spec.name);
      const last = lastKnown.find(({ service }) => service === spec.name);
      const trigger = shouldStart(spec, last, added || supervisor?.wasUnconfigured);
      if (trigger !== null) supervisor?.startWhenClear(trigger);
    }
  }

  #predecessorsOf(spec: ProcessSpec, signal: AbortSignal) {
    const settled = this.#moves.until(() => this.#stillStarting(spec).length === 0, signal);
    return { names: this.#stillStarting(spec).map(({ name }) => name), settled };
  }

  /** Only of those that start earlier: in a circle nobody may wait for somebody who waits. */
  #stillStarting({ name, after }: ProcessSpec): ProcessSpec[] {
    const place = this.#order.findIndex((spec) => spec.name === name);
    return this.#order.slice(0, Math.max(0, place)).filter((other) => {
      const supervisor = this.#supervisors.get(other.name);
      if (!after.includes(other.name) || supervisor === undefined) return false;
      const { state, startPending } = supervisor;
      return state === "Starting" || state === "Restarting" || startPending;
    });
  }

  /** How long those before it may take to come up, or to be given up. */
  #longestWaitMs(spec: ProcessSpec): number {
    const waits = this.#stillStarting(spec).map(
      (other) => (other.startTimeoutMs ?? 600_000) + other.stopTimeoutMs + this.#longestWaitMs(other),
    );
    return Math.max(0, ...waits);
  }

  async #lookAtLogs(): Promise<void> {
    for (const [name, supervisor] of this.#supervisors) {
      if (!supervisor.alive) continue;
      this.#house.markLog(name, now().at);
      try {
        await rotateWhileRunning(this.#logPathOf(name));
      } catch (error) {
        this.#house.warn(`${name}: its log cannot be rotated: ${(error as Error).message}`);
      }
    }
  }

  #logPathOf(service: string): string {
    return join(this.#options.logFolder, `${fileNameOf(service)}.log`);
  }
}
