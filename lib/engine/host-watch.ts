import type { Database } from "@/db/open";
import { readGaps, readLastContact } from "@/db/read/contact";
import type { Entry } from "@/db/write/batch";
import { settleOrphans } from "@/db/write/settle-orphans";
import { now } from "../clock";
import type { CloseReason, Discovered, LastKnown, Platform, Report } from "../platforms/contract";
import { HostApplications, type WantedApplications } from "./applications/host-applications";
import type { Commander } from "./commander";
import { GapBook } from "./gap-book";
import { HistoryMaker } from "./history-maker";
import type { Logger } from "./logger";
import type { Recorder } from "./recorder";
import { storable } from "./storable";
import type { Span, Track } from "./track";
import { TrackBook } from "./track-book";
import { Wakefulness } from "./wakefulness";

const closeWords: Readonly<Record<CloseReason, string>> = {
  ending: "Signalbox was ended.",
  unconfigured: "The host left the configuration.",
};

interface Parts {
  readonly database: Database;
  readonly recorder: Recorder;
  readonly commander: Commander;
  readonly log: Logger;
  /** The host has other services than were known; resolves when they can be reported about. */
  readonly onDiscovered: (watch: HostWatch, services: readonly Discovered[]) => void;
}

/**
 * One host under our lease: what its platform reports becomes history here, in the order in which
 * it was reported. Nothing else sets a state.
 */
export class HostWatch {
  readonly host: string;
  readonly epoch: number;
  readonly platform: Platform;
  readonly #parts: Parts;
  readonly #tracks: TrackBook;
  readonly #history: HistoryMaker;
  readonly #applications: HostApplications;
  #gaps = new GapBook([]);
  readonly #wakefulness = new Wakefulness();
  /** What the platform says of its contact; it counts once the first look is complete. */
  #contact = false;
  #opened = false;
  /** What happened while nobody looked has been read back, as far as it can be. */
  #caughtUp = false;
  /** Up to when history is complete; null if the host was never watched. */
  #historyUntil: number | null = null;
  /** Why the last time without contact was one. */
  #lostBecause = "";

  constructor(host: string, epoch: number, platform: Platform, parts: Parts) {
    this.host = host;
    this.epoch = epoch;
    this.platform = platform;
    this.#parts = parts;
    this.#tracks = new TrackBook(parts.database, host);
    this.#history = new HistoryMaker({
      commander: parts.commander,
      push: (entry) => this.push(entry),
      gaps: () => this.#gaps.spans,
    });
    this.#applications = new HostApplications({
      tracks: () => this.#tracks.all(),
      trackOf: (name) => this.#tracks.of(name),
      onMove: (track, observation) => {
        this.stayAwake();
        this.#history.onObservation(track, observation);
      },
      onTold: ({ serviceId }, told) => this.push({ tag: "application", serviceId, told: storable(told) }),
      onFault: ({ id }, error) =>
        parts.log.warn("what an application said could not be judged", { service: id, error }),
    });
    this.#caughtUp = !platform.recovers;
  }

  /** What happens there is seen and recorded, and commands are executed. */
  get live(): boolean {
    return this.#opened && this.#contact && this.#caughtUp;
  }

  /** When the host was not seen, and nothing recovered what happened. */
  get gaps(): readonly Span[] {
    return this.#gaps.spans;
  }

  tracks(): Iterable<Track> {
    return this.#tracks.all();
  }

  /** What is known of each service's process, for a platform that begins to look. */
  lastKnown(): LastKnown[] {
    return this.#applications.ofProcesses(this.#tracks.lastKnown());
  }

  /** Which applications are asked from here on; those that stay as they were go on. */
  setApplications(wanted: WantedApplications): void {
    this.#applications.set(wanted);
    if (this.live) this.#applications.live();
  }

  /** Goes on where history stands; the time since then is a gap. Resolves after the first look. */
  async open(): Promise<void> {
    const { database, log } = this.#parts;
    await this.loadTracks();
    const last = await readLastContact(database, this.host);
    this.#gaps = new GapBook((await readGaps(database, this.host, GapBook.remembered)).reverse());
    const at = now().at;
    const orphans = await settleOrphans(database, this.host, at);
    if (orphans > 0) log.info("commands of an earlier engine end as unknown", { host: this.host, orphans });
    this.#lostBecause =
      last.contact === "lost" && last.reason ? last.reason : "Signalbox ended without a goodbye.";
    this.#historyUntil = last.historyUntil ?? last.observedUntil;
    if (!this.platform.recovers) this.#missed(at);
    await this.platform.open({ services: this.lastKnown(), historyUntil: this.#historyUntil }, (report) =>
      this.#onReport(report),
    );
    this.#opened = true;
    if (this.live) this.#applications.live();
  }

  /** Takes over what the database now says this host's services are; see `dropExcept` for those that left. */
  async loadTracks(): Promise<void> {
    await this.#tracks.load();
  }

  /** Forgets services that left the configuration, once the platform has said its last word on them. */
  dropExcept(names: ReadonlySet<string>): void {
    this.#tracks.dropExcept(names);
  }

  /** To be called every second: says that the host is seen, and how far its history is complete. */
  observe(at: number): void {
    this.stayAwake();
    if (!this.#contact) return;
    if (this.#caughtUp) this.#historyUntil = at;
    this.push({ tag: "observed", until: at, historyUntil: this.#caughtUp ? at : null });
  }

  /**
   * To be called before anything that was seen is taken in: a pause of this very process is time in
   * which nobody looked, whatever is seen after it.
   */
  stayAwake(): void {
    const pause = this.#wakefulness.pause();
    if (pause === null) return;
    // What was signalled meanwhile waits in the connection, with the host's own instants.
    const recovered = this.platform.recovers && this.#contact;
    this.#gap({ ...pause, reason: "Signalbox was paused." }, recovered);
  }

  /** Ends the watch, recording what it does on the way, and says since when and why nobody looks. */
  async close(deadlineMs: number, why: CloseReason): Promise<void> {
    this.#applications.rest();
    await this.platform.close(deadlineMs, why);
    // Until then what the processes do goes through them: a start that ends well meanwhile is no Running.
    this.#applications.close();
    this.#opened = false;
    // A host that was out of reach stays so for its own reason.
    if (this.platform.recovers && !this.#contact) return;
    this.#contact = false;
    this.push({ tag: "contact", status: "lost", at: now().at, reason: closeWords[why] });
  }

  push(entry: Entry): void {
    this.#parts.recorder.push(this.host, this.epoch, entry);
  }

  /** The time since history was last complete, up to `until`, of which no record tells. */
  #missed(until: number): void {
    if (this.#historyUntil === null) return;
    const newest = Math.max(this.#historyUntil, this.#tracks.newest);
    if (newest < until) this.#gap({ from: newest, to: until, reason: this.#lostBecause }, false);
  }

  #gap(span: { from: number; to: number; reason: string }, recovered: boolean): void {
    // What is known not to have been seen already is not told twice.
    for (const { from, to } of recovered ? [span] : this.#gaps.restOf(span)) {
      if (!recovered) this.#gaps.add({ from, to });
      this.push({ tag: "gap", from, to, reason: span.reason, recovered });
    }
  }

  #onReport(report: Report): void {
    this.stayAwake();
    if (!("service" in report)) {
      this.#aboutHost(report);
      return;
    }
    const { service } = report;
    const track = this.#tracks.of(service);
    if (track) this.#aboutService(track, report);
    else
      this.#parts.log.warn("a report about a service that is not in the fleet", { host: this.host, service });
  }

  #aboutHost(report: Exclude<Report, { service: string }>): void {
    switch (report.tag) {
      case "contact":
        this.#onContact(report);
        break;
      case "recovered":
        this.#onRecovered(report);
        break;
      case "caught-up":
        this.#caughtUp = true;
        this.push({ tag: "glimpses-over" });
        if (this.live) this.#applications.live();
        void this.#parts.commander.wake();
        break;
      case "clock":
        this.#applications.clockOffsetUs = report.offsetUs;
        break;
      case "host":
        this.push({ tag: "facts", facts: storable(report.facts) });
        break;
      case "discovered":
        this.#parts.onDiscovered(this, report.services);
        break;
    }
  }

  #aboutService(track: Track, report: Extract<Report, { service: string }>): void {
    const { serviceId } = track;
    switch (report.tag) {
      case "observation":
        if (!this.#applications.onProcess(track, report.observation))
          this.#history.onObservation(track, report.observation);
        break;
      case "history":
        if (report.observations.length > 0) this.#applications.onHistory(track);
        this.#history.onHistory(track, report.observations);
        break;
      case "glimpse":
        if (!this.#applications.knowBetter(track, report.state))
          this.push({ tag: "glimpse", serviceId, state: report.state, since: report.since });
        break;
      case "detail":
        this.push({
          tag: "detail",
          serviceId,
          detail: storable(this.#applications.withHealth(track, report.detail)),
        });
        break;
      case "attribution": {
        const { sourceKey, cause } = report;
        this.push({ tag: "attribution", serviceId, sourceKey, cause: storable(cause), at: now().at });
        break;
      }
      case "fell-short":
        this.#parts.commander.onFellShort(serviceId, report.commandId, report.reason);
        break;
    }
  }

  /** What nobody looked at was kept elsewhere, but for what was not. */
  #onRecovered({ until, unseen }: Extract<Report, { tag: "recovered" }>): void {
    for (const span of unseen) this.#gap(span, false);
    const from = this.#historyUntil;
    if (from === null || from >= until) return;
    for (const span of this.#gaps.restOf({ from, to: until }))
      this.#gap({ ...span, reason: this.#lostBecause }, true);
  }

  #onContact(report: Extract<Report, { tag: "contact" }>): void {
    this.#contact = report.status === "live";
    if (!this.#contact) this.#applications.rest();
    if (report.status === "lost") {
      this.#lostBecause = report.reason ?? "No contact.";
      if (this.platform.recovers) this.#caughtUp = false;
    }
    this.push(storable(report));
  }
}
