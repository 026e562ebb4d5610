import { now } from "../../clock";
import type { Micros, OperatorEvent } from "../../machine/types";
import type { ActionContext, ActResult, HostFacts } from "../contract";
import type { BusEvent } from "./bus-events";
import { carryOut } from "./carry-out";
import { CommandJobs } from "./command-jobs";
import type { ContactParts, Phase, Snapshot } from "./contact-parts";
import { deadlineMsOf } from "./deadline";
import { JobsOnHost } from "./jobs-on-host";
import { KeptNews } from "./kept-news";
import { oneAtATime } from "./one-at-a-time";
import type { Recovered } from "./read-back";
import type { Session } from "./session";
import type { JournalEntry, UnitProperties } from "./unit-facts";
import { UnitReader } from "./unit-reader";
import { glimpseOf, type News, type UnitWatch, type WatchedUnit } from "./unit-watch";
import { WatchIndex } from "./watch-index";

/** A host that tells more than this before its past is read is not to be waited for. */
const mostKept = 200_000;

/**
 * One contact with a host's systemd, from the subscription to its end (DESIGN §2, "The order of a
 * connection"): what is told is kept from the first moment, the snapshot is shown, the journal is
 * read, and then all that was kept is taken in, in order, and what comes from there on.
 */
export class Contact {
  readonly session: Session;
  readonly #parts: ContactParts;
  readonly #index = new WatchIndex();
  readonly #adding = new Set<string>();
  readonly #kept = new KeptNews();
  readonly #commands: CommandJobs;
  readonly #jobs: JobsOnHost;
  readonly #reader: UnitReader;
  /** Asks again for everything: systemd was reloaded, or is another process than before. */
  readonly #relist = oneAtATime(() => this.#readAgain());
  #bootId = "";
  #ended = false;
  /** Called when units may have come or gone. */
  onListChanged: () => void = () => undefined;

  constructor(parts: ContactParts) {
    this.#parts = parts;
    this.session = parts.session;
    this.#reader = new UnitReader(this.session, (message) => this.#ended || parts.warn(message));
    this.#jobs = new JobsOnHost(this.session, (unit, news) => this.#ended || this.#tell(unit, news));
    this.#commands = new CommandJobs(({ watched: { name: service } }, commandId, reason) =>
      parts.report({ tag: "fell-short", service, commandId, reason }),
    );
    this.session.follow((event) => this.#onEvent(event));
  }

  /** By the name of the service. */
  get watches(): ReadonlyMap<string, UnitWatch> {
    return this.#index.byService;
  }

  /** Everything up to the present, once. Resolves when live; with null if it ended before. */
  async begin(units: readonly WatchedUnit[]): Promise<Recovered | null> {
    const { report } = this.#parts;
    const phase = await this.session.systemState().catch(() => "running");
    const recovered = await this.#arrive(units, phaseOf(phase), {
      onListed: () => report({ tag: "contact", status: "live", at: now().at, reason: null }),
      onRecovered: ({ unseen }) => report({ tag: "recovered", until: now().at, unseen }),
    });
    if (recovered === null) return null;
    const { clock } = this.#parts;
    if (clock.offsetUs !== null) report({ tag: "clock", offsetUs: clock.offsetUs });
    report({ tag: "caught-up" });
    return recovered;
  }

  /** Watches further units from now on, with what the journal tells of them. False: there were none. */
  async add(units: readonly WatchedUnit[]): Promise<boolean> {
    const unknown = units.filter(({ name }) => !this.watches.has(name) && !this.#adding.has(name));
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
    const first = this.#kept.begin();
    try {
      const listed = await this.#reader.list(units);
      on.onListed?.();
      for (const { watched, properties } of listed) this.#glimpse(watched, properties);
      // With how many events came before each: they are in it already.
      const keptBefore = new Map<string, number>();
      const snapshots = await this.#snapshots(
        listed.map(({ watched }) => watched),
        ({ unit }) => keptBefore.set(unit, this.#kept.count),
      );
      if (this.#ended) return null;
      for (const { watched, properties } of snapshots) this.#glimpse(watched, properties);
      const recovered = await this.#parts.readBack(snapshots, this.#parts.clock.offsetUs);
      if (this.#ended) return null;
      this.#bootId = recovered.bootId;
      on.onRecovered?.(recovered);
      for (const [service, observations] of recovered.histories)
        if (observations.length > 0) report({ tag: "history", service, observations });
      for (const snapshot of snapshots) {
        const watch = this.#open(snapshot, phase);
        this.#kept.handTo(watch, first, keptBefore.get(snapshot.watched.unit) ?? 0);
      }
      return recovered;
    } finally {
      this.#kept.end();
    }
  }

  drop(service: string): void {
    const watch = this.watches.get(service);
    if (watch === undefined) return;
    watch.rest();
    if (this.#index.remove(watch)) this.#reader.forget(watch.watched.unit);
  }

  /** What the journal says of a unit while it is watched. */
  onJournal(entry: JournalEntry): void {
    if (entry.unit !== null) this.#tell(entry.unit, { tag: "journal", entry });
  }

  async act(service: string, event: OperatorEvent, context: ActionContext): Promise<ActResult> {
    const watch = this.watches.get(service);
    if (watch === undefined) return { tag: "refused", reason: "It is not watched on the host yet." };
    const { commandId } = context;
    watch.take({ tag: "commanded", event, context });
    const done = await carryOut(this.session, watch, event, (job) => {
      if (job !== null) this.#commands.add(job, { watch, event, commandId });
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
    this.#commands.end();
    for (const watch of this.watches.values()) watch.rest();
  }

  facts(): Pick<HostFacts, "manager" | "watched" | "rights"> {
    const { version } = this.session.facts;
    return { manager: `systemd ${version}`, watched: this.watches.size, rights: this.#reader.rights() };
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
    await this.#parts.clock.first;
    const offset = this.#parts.clock.offsetUs ?? 0;
    return read.map((snapshot) => ({ ...snapshot, at: snapshot.seen.at + offset }));
  }

  /** A unit that was not there has a job: its file has come, without a daemon-reload. */
  async #askAgain({ watched: { unit } }: UnitWatch): Promise<void> {
    const properties = await this.#reader.read(unit);
    if (!this.#ended) this.#tell(unit, { tag: "properties", whole: true, properties });
  }

  /** The host's clock is found to be another one than before. */
  onClock(offsetUs: Micros): void {
    if (this.#ended) return;
    this.#parts.report({ tag: "clock", offsetUs });
    for (const watch of this.watches.values()) watch.take({ tag: "clock", clockOffsetUs: offsetUs });
  }

  #glimpse(watched: WatchedUnit, properties: UnitProperties): void {
    const seen = glimpseOf(watched, properties, this.#parts.clock.offsetUs);
    if (seen) this.#parts.report({ tag: "glimpse", service: watched.name, ...seen });
  }

  /** What is taken in now is as of then: a process that was young at the look has not held since. */
  #open({ watched, properties, seen }: Snapshot, phase: Phase): UnitWatch {
    const { standing, watchOf, clock } = this.#parts;
    const clockOffsetUs = clock.offsetUs;
    const watch = watchOf(watched);
    this.#index.add(watch);
    const { state, since, keys } = standing(watched.name);
    watch.take({ tag: "opened", bootId: this.#bootId, clockOffsetUs, state, since, keys: [...keys] }, seen);
    if (phase !== "running") watch.take({ tag: "manager", phase }, seen);
    watch.take({ tag: "properties", whole: true, properties }, seen);
    return watch;
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
        this.#onJobNew(event);
        break;
      case "job":
        this.#jobs.onChanged(event);
        break;
      case "job-removed":
        this.#jobs.onRemoved(event);
        this.#commands.onRemoved(event.job, event.result);
        break;
      case "unit-new":
      case "unit-removed":
      case "unit-files-changed":
        this.onListChanged();
        break;
      case "reloading":
        if (!event.active) this.#relist();
        break;
      case "manager-back":
        this.#relist();
        break;
      case "startup-finished":
        this.#tellAll({ tag: "manager", phase: "running" });
        break;
      case "system-shutdown":
        this.#tellAll({ tag: "manager", phase: "stopping" });
        break;
    }
  }

  #onJobNew(event: Extract<BusEvent, { tag: "job-new" }>): void {
    const watches = [...this.#index.ofUnit(event.unit)];
    this.#jobs.onNew(event, watches.length > 0);
    for (const watch of watches) if (watch.properties.loadState === "not-found") void this.#askAgain(watch);
  }

  async #readAgain(): Promise<void> {
    if (this.#ended) return;
    const units = new Map([...this.watches.values()].map(({ watched }) => [watched.unit, watched]));
    await this.#reader.readEach([...units.values()], ({ unit }, properties) => {
      if (!this.#ended) this.#tell(unit, { tag: "properties", whole: true, properties });
    });
    this.onListChanged();
  }

  #tell(unit: string, news: News): void {
    this.#kept.keep(unit, news);
    if (this.#kept.count > mostKept) void this.session.close();
    for (const watch of this.#index.ofUnit(unit)) watch.take(news);
  }

  #tellAll(news: News): void {
    for (const watch of this.watches.values()) watch.take(news);
  }
}

function phaseOf(systemState: string): Phase {
  if (systemState === "initializing" || systemState === "starting") return "starting";
  return systemState === "stopping" ? "stopping" : "running";
}
