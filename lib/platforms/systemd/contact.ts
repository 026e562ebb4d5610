import { now } from "../../clock";
import type { Micros, OperatorEvent } from "../../machine/types";
import type { ActionContext, ActResult, HostFacts, Report } from "../contract";
import type { BusEvent } from "./bus-events";
import { carryOut } from "./carry-out";
import { CommandJobs } from "./command-jobs";
import { deadlineMsOf } from "./deadline";
import type { Recovered } from "./read-back";
import type { Session } from "./session";
import type { JournalEntry, Seen, UnitProperties } from "./unit-facts";
import { UnitReader } from "./unit-reader";
import { glimpseOf, type News, type UnitWatch, type WatchedUnit } from "./unit-watch";

/** A host that tells more than this before its past is read is not to be waited for. */
const mostKept = 200_000;

type Phase = "starting" | "running" | "stopping";

/** What history says of a service where the contact begins. */
export interface Standing {
  readonly state: string | null;
  readonly since: Micros | null;
  /** The keys of its newest moves. */
  readonly keys: ReadonlySet<string>;
}

/** A unit as it was at one moment of the host's clock. */
export interface Snapshot {
  readonly watched: WatchedUnit;
  readonly properties: UnitProperties;
  readonly at: Micros;
  /** The same moment by our own clocks. */
  readonly seen: Seen;
}

export interface ContactParts {
  readonly session: Session;
  readonly report: (report: Report) => void;
  readonly standing: (service: string) => Standing;
  /** One for each unit, that remembers over contacts. */
  readonly watchOf: (watched: WatchedUnit) => UnitWatch;
  /** The host's clock minus ours; null where it cannot be known. */
  readonly clockOffset: Promise<Micros | null>;
  /** What the journal tells of these units until their snapshots. */
  readonly readBack: (snapshots: readonly Snapshot[], clockOffsetUs: Micros | null) => Promise<Recovered>;
  readonly warn: (message: string) => void;
}

/**
 * One contact with a host's systemd, from the subscription to its end (DESIGN §2, "The order of a
 * connection"): what is told is kept from the first moment, the snapshot is shown, the journal is
 * read, and then all that was kept is taken in, in order, and what comes from there on.
 */
export class Contact {
  readonly session: Session;
  readonly #parts: ContactParts;
  /** By the name that systemd has for the unit, which an alias is not: two services may be one unit. */
  readonly #units = new Map<string, Set<UnitWatch>>();
  readonly #byService = new Map<string, UnitWatch>();
  readonly #adding = new Set<string>();
  /** What was told of any unit while others arrive: these take it in once their history is there. */
  #kept: { readonly unit: string; readonly news: News; readonly seen: Seen }[] = [];
  /** How many arrivals of units are under way. */
  #arrivals = 0;
  readonly #jobs: CommandJobs;
  readonly #unitOfJob = new Map<number, string>();
  readonly #reader: UnitReader;
  #clockOffsetUs: Micros | null = null;
  #relisting = false;
  #relistWanted = false;
  #bootId = "";
  #ended = false;
  /** Called when units may have come or gone. */
  onListChanged: () => void = () => undefined;

  constructor(parts: ContactParts) {
    this.#parts = parts;
    this.session = parts.session;
    this.#reader = new UnitReader(this.session, (message) => this.#ended || parts.warn(message));
    this.#jobs = new CommandJobs(({ watched: { name: service } }, commandId, reason) =>
      parts.report({ tag: "fell-short", service, commandId, reason }),
    );
    this.session.follow((event) => this.#onEvent(event));
  }

  /** By the name of the service. */
  get watches(): ReadonlyMap<string, UnitWatch> {
    return this.#byService;
  }

  /** Everything up to the present, once. Resolves when live; with null if it ended before. */
  async begin(units: readonly WatchedUnit[]): Promise<Recovered | null> {
    const { report } = this.#parts;
    const phase = await this.session.systemState().catch(() => "running");
    const recovered = await this.#arrive(units, phaseOf(phase), {
      onListed: () => report({ tag: "contact", status: "live", at: now().at, reason: null }),
      onRecovered: ({ unseen }) => report({ tag: "recovered", until: now().at, unseen }),
    });
    if (recovered !== null) report({ tag: "caught-up" });
    return recovered;
  }

  /** Watches further units from now on, with what the journal tells of them. False: there were none. */
  async add(units: readonly WatchedUnit[]): Promise<boolean> {
    const unknown = units.filter(({ name }) => !this.#byService.has(name) && !this.#adding.has(name));
    if (unknown.length === 0) return false;
    for (const { name } of unknown) this.#adding.add(name);
    try {
      const arrived = (await this.#arrive(unknown, "running", {})) !== null;
      if (arrived) this.#parts.report({ tag: "caught-up" });
      return arrived;
    } finally {
      for (const { name } of unknown) this.#adding.delete(name);
    }
  }

  /** The order of a connection (DESIGN §2), for all units at its beginning and for those that come later. */
  async #arrive(
    units: readonly WatchedUnit[],
    phase: Phase,
    on: { readonly onListed?: () => void; readonly onRecovered?: (recovered: Recovered) => void },
  ): Promise<Recovered | null> {
    const { report } = this.#parts;
    this.#arrivals += 1;
    const first = this.#kept.length;
    try {
      const listed = await this.#reader.list(units);
      on.onListed?.();
      for (const { watched, properties } of listed) this.#glimpse(watched, properties);
      // With how many events came before each: they are in it already.
      const keptBefore = new Map<string, number>();
      const snapshots = await this.#snapshots(
        listed.map(({ watched }) => watched),
        ({ unit }) => keptBefore.set(unit, this.#kept.length),
      );
      if (this.#ended) return null;
      for (const { watched, properties } of snapshots) this.#glimpse(watched, properties);
      const recovered = await this.#parts.readBack(snapshots, this.#clockOffsetUs);
      if (this.#ended) return null;
      this.#bootId = recovered.bootId;
      on.onRecovered?.(recovered);
      for (const [service, observations] of recovered.histories)
        if (observations.length > 0) report({ tag: "history", service, observations });
      for (const snapshot of snapshots) {
        const watch = this.#open(snapshot, phase);
        this.#takeKept(watch, first, keptBefore.get(snapshot.watched.unit) ?? 0);
      }
      return recovered;
    } finally {
      this.#arrivals -= 1;
      if (this.#arrivals === 0) this.#kept = [];
    }
  }

  drop(service: string): void {
    const watch = this.#byService.get(service);
    if (watch === undefined) return;
    watch.rest();
    this.#byService.delete(service);
    const { unit } = watch.watched;
    const others = this.#units.get(unit);
    others?.delete(watch);
    if (others && others.size > 0) return;
    this.#units.delete(unit);
    this.#reader.forget(unit);
  }

  /** What the journal says of a unit while it is watched. */
  onJournal(entry: JournalEntry): void {
    if (entry.unit !== null) this.#tell(entry.unit, { tag: "journal", entry });
  }

  async act(service: string, event: OperatorEvent, context: ActionContext): Promise<ActResult> {
    const watch = this.#byService.get(service);
    if (watch === undefined) return { tag: "refused", reason: "It is not watched on the host yet." };
    const { commandId } = context;
    watch.take({ tag: "commanded", event, context });
    const done = await carryOut(this.session, watch, event, (job) => {
      if (job !== null) this.#jobs.add(job, { watch, event, commandId });
      watch.take({ tag: "command-answered", commandId, job, error: null });
    });
    if (done.tag === "refused") {
      watch.take({ tag: "command-answered", commandId, job: null, error: done.reason });
      return done;
    }
    const deadlineMs = deadlineMsOf(watch.properties, event);
    return { tag: "taken", deadlineMs, ...(done.tag === "unclear" && { unclear: done.reason }) };
  }

  end(): void {
    this.#ended = true;
    this.#jobs.end();
    for (const watch of this.#byService.values()) watch.rest();
  }

  facts(): Pick<HostFacts, "manager" | "watched" | "rights"> {
    const { version } = this.session.facts;
    return { manager: `systemd ${version}`, watched: this.#byService.size, rights: this.#reader.rights() };
  }

  /** @param onRead called as each is read, before anything that came after it. */
  async #snapshots(
    units: readonly WatchedUnit[],
    onRead: (watched: WatchedUnit) => void = () => undefined,
  ): Promise<Snapshot[]> {
    const read: Omit<Snapshot, "at">[] = [];
    await this.#reader.readEach(units, (watched, properties) => {
      onRead(watched);
      read.push({ watched, properties, seen: now() });
    });
    this.#clockOffsetUs = await this.#parts.clockOffset;
    const offset = this.#clockOffsetUs ?? 0;
    return read.map((snapshot) => ({ ...snapshot, at: snapshot.seen.at + offset }));
  }

  /** A unit that was not there has a job: its file has come, without a daemon-reload. */
  async #askAgain({ watched: { unit } }: UnitWatch): Promise<void> {
    const properties = await this.#reader.read(unit);
    if (!this.#ended) this.#tell(unit, { tag: "properties", whole: true, properties });
  }

  #glimpse(watched: WatchedUnit, properties: UnitProperties): void {
    const seen = glimpseOf(watched, properties, this.#clockOffsetUs);
    if (seen) this.#parts.report({ tag: "glimpse", service: watched.name, ...seen });
  }

  /** What is taken in now is as of then: a process that was young at the look has not held since. */
  #open({ watched, properties, seen }: Snapshot, phase: Phase): UnitWatch {
    const { standing, watchOf } = this.#parts;
    const clockOffsetUs = this.#clockOffsetUs;
    const watch = watchOf(watched);
    this.#units.set(watched.unit, (this.#units.get(watched.unit) ?? new Set()).add(watch));
    this.#byService.set(watched.name, watch);
    const { state, since, keys } = standing(watched.name);
    watch.take({ tag: "opened", bootId: this.#bootId, clockOffsetUs, state, since, keys: [...keys] }, seen);
    if (phase !== "running") watch.take({ tag: "manager", phase }, seen);
    watch.take({ tag: "properties", whole: true, properties }, seen);
    return watch;
  }

  /** What came meanwhile. What the snapshot came after is in it; jobs are remembered all the same. */
  #takeKept(watch: UnitWatch, first: number, snapshotAt: number): void {
    const { unit } = watch.watched;
    for (const [place, told] of this.#kept.entries()) {
      const isOld = place < first || (told.news.tag === "properties" && place < snapshotAt);
      if (told.unit === unit && !isOld) watch.take(told.news, told.seen);
    }
  }

  #onEvent(event: BusEvent): void {
    if (!this.#ended) this.#take(event);
  }

  #take(event: BusEvent): void {
    switch (event.tag) {
      case "properties":
        this.#tell(event.unit, { tag: "properties", whole: false, properties: event.properties });
        break;
      case "job-new":
        this.#onJobNew(event.job, event.unit);
        break;
      case "job": {
        const unit = this.#unitOfJob.get(event.job);
        if (unit !== undefined) this.#tell(unit, event);
        break;
      }
      case "job-removed":
        this.#onJobRemoved(event);
        break;
      case "unit-new":
      case "unit-removed":
      case "unit-files-changed":
        this.onListChanged();
        break;
      case "reloading":
        if (!event.active) void this.#relist();
        break;
      case "manager-back":
        void this.#relist();
        break;
      case "startup-finished":
        this.#tellAll({ tag: "manager", phase: "running" });
        break;
      case "system-shutdown":
        this.#tellAll({ tag: "manager", phase: "stopping" });
        break;
    }
  }

  #onJobNew(job: number, unit: string): void {
    const together = [...this.#unitOfJob.values()].filter((other) => other !== unit);
    this.#unitOfJob.set(job, unit);
    this.#tell(unit, { tag: "job-new", job, together });
    const watches = this.#units.get(unit);
    if (watches === undefined) return;
    for (const watch of watches) if (watch.properties.loadState === "not-found") void this.#askAgain(watch);
    void this.session.jobType(job).then((type) => {
      if (type !== null && !this.#ended) this.#tell(unit, { tag: "job", job, type });
    });
  }

  #onJobRemoved({ job, unit, result }: Extract<BusEvent, { tag: "job-removed" }>): void {
    this.#unitOfJob.delete(job);
    this.#tell(unit, { tag: "job-removed", job, result });
    this.#jobs.onRemoved(job, result);
  }

  /** Asks again for everything, once at a time: systemd was reloaded, or is another process than before. */
  async #relist(): Promise<void> {
    this.#relistWanted = true;
    if (this.#relisting) return;
    this.#relisting = true;
    while (this.#relistWanted && !this.#ended) {
      this.#relistWanted = false;
      await this.#readAgain();
    }
    this.#relisting = false;
  }

  async #readAgain(): Promise<void> {
    const units = new Map([...this.#byService.values()].map(({ watched }) => [watched.unit, watched]));
    await this.#reader.readEach([...units.values()], ({ unit }, properties) => {
      if (!this.#ended) this.#tell(unit, { tag: "properties", whole: true, properties });
    });
    this.onListChanged();
  }

  #tell(unit: string, news: News): void {
    if (this.#arrivals > 0) this.#keep(unit, news);
    for (const watch of this.#units.get(unit) ?? []) watch.take(news);
  }

  #keep(unit: string, news: News): void {
    this.#kept.push({ unit, news, seen: now() });
    if (this.#kept.length > mostKept) void this.session.close();
  }

  #tellAll(news: News): void {
    for (const watch of this.#byService.values()) watch.take(news);
  }
}

function phaseOf(systemState: string): Phase {
  if (systemState === "initializing" || systemState === "starting") return "starting";
  return systemState === "stopping" ? "stopping" : "running";
}
