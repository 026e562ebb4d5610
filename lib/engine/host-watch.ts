import os from "node:os";
import type { Database } from "@/db/open";
import { readGaps, readLastContact } from "@/db/read/contact";
import { readTracks } from "@/db/read/tracks";
import type { Entry, RecordedMove } from "@/db/write/batch";
import { settleOrphans } from "@/db/write/settle-orphans";
import { now } from "../clock";
import { advance } from "../machine/advance";
import { machineOfKind } from "../machine/kinds/machine-of-kind";
import type { Observation } from "../machine/observation";
import type { CloseReason, LastKnown, Platform, Report } from "../platforms/contract";
import type { Commander } from "./commander";
import type { Logger } from "./logger";
import type { Recorder } from "./recorder";
import { storable } from "./storable";
import { applyMove, type Span, stayUntil, type Track } from "./track";

const closeWords: Readonly<Record<CloseReason, string>> = {
  ending: "Signalbox was ended.",
  unconfigured: "The host left the configuration.",
};

const rememberedGaps = 1_000;
/** An engine that did nothing for so long was paused, or its machine slept: nobody looked. */
const pauseUs = 3_000_000;

/**
 * One host under our lease: what its platform reports becomes history here, in the order in which
 * it was reported. Nothing else sets a state.
 */
export class HostWatch {
  readonly host: string;
  readonly epoch: number;
  readonly platform: Platform;
  readonly #parts: { database: Database; recorder: Recorder; commander: Commander; log: Logger };
  readonly #tracks = new Map<string, Track>();
  #gaps: Span[] = [];
  #lastAwake: { readonly at: number; readonly sinceBoot: number } | null = null;
  /** What the platform says of its contact; it counts once the first look is complete. */
  #contact = false;
  #opened = false;

  constructor(
    host: string,
    epoch: number,
    platform: Platform,
    parts: { database: Database; recorder: Recorder; commander: Commander; log: Logger },
  ) {
    this.host = host;
    this.epoch = epoch;
    this.platform = platform;
    this.#parts = parts;
  }

  /** What happens there is seen and recorded. */
  get observing(): boolean {
    return this.#contact;
  }

  /** The first look is complete as well: commands are executed. */
  get live(): boolean {
    return this.#opened && this.#contact;
  }

  tracks(): Iterable<Track> {
    return this.#tracks.values();
  }

  /** What is known of each service, for a platform that begins to look. */
  lastKnown(): LastKnown[] {
    return [...this.#tracks.values()].map((track) => ({
      service: track.name,
      state: track.state,
      wanted: track.wanted ?? false,
      decided: track.wanted !== null,
    }));
  }

  /** Goes on where history stands; the time since then is a gap. Resolves after the first look. */
  async open(): Promise<void> {
    const { database, log } = this.#parts;
    await this.loadTracks();
    const last = await readLastContact(database, this.host);
    this.#gaps = (await readGaps(database, this.host, rememberedGaps)).reverse();
    const at = now().at;
    const orphans = await settleOrphans(database, this.host, at);
    if (orphans > 0) log.info("commands of an earlier engine end as unknown", { host: this.host, orphans });
    if (last.observedUntil !== null) this.#recordGap(last.observedUntil, at, last);
    await this.platform.open(this.lastKnown(), (report) => this.#onReport(report));
    this.#opened = true;
  }

  /** Takes over what the database now says this host's services are; see `dropExcept` for those that left. */
  async loadTracks(): Promise<void> {
    const rows = await readTracks(this.#parts.database, this.host);
    for (const row of rows) {
      const known = this.#tracks.get(row.name);
      const machine = machineOfKind(row.kind);
      if (!machine) throw new Error(`${this.host}/${row.name} follows the unknown kind ${row.kind}`);
      // What is in memory is ahead of the database; only the machine can have been changed.
      if (known) known.machine = machine;
      else this.#tracks.set(row.name, { ...row, host: this.host, id: `${this.host}/${row.name}`, machine });
    }
  }

  /** Forgets services that left the configuration, once the platform has said its last word on them. */
  dropExcept(names: ReadonlySet<string>): void {
    for (const name of this.#tracks.keys()) if (!names.has(name)) this.#tracks.delete(name);
  }

  /**
   * To be called every second, and before anything that was seen is taken in: a pause of this very
   * process is time in which nobody looked, whatever is seen after it.
   */
  stayAwake(): void {
    const { at } = now();
    // Counts the sleep of the machine, and no step of the clock.
    const sinceBoot = os.uptime() * 1_000_000;
    const before = this.#lastAwake;
    this.#lastAwake = { at, sinceBoot };
    if (before === null || sinceBoot - before.sinceBoot < pauseUs || at <= before.at) return;
    this.#gaps.push({ from: before.at, to: at });
    this.push({ tag: "gap", from: before.at, to: at, reason: "Signalbox was paused." });
  }

  /** Ends the watch, recording what it does on the way, and says since when and why nobody looks. */
  async close(deadlineMs: number, why: CloseReason): Promise<void> {
    await this.platform.close(deadlineMs, why);
    this.#opened = false;
    this.#contact = false;
    this.push({ tag: "contact", status: "lost", at: now().at, reason: closeWords[why] });
  }

  push(entry: Entry): void {
    this.#parts.recorder.push(this.host, this.epoch, entry);
  }

  #recordGap(observedUntil: number, at: number, last: { contact: string; reason: string | null }): void {
    const newest = Math.max(observedUntil, ...[...this.#tracks.values()].map((track) => track.since ?? 0));
    if (newest >= at) return;
    const reason =
      last.contact === "lost" && last.reason ? last.reason : "Signalbox ended without a goodbye.";
    this.#gaps.push({ from: newest, to: at });
    this.push({ tag: "gap", from: newest, to: at, reason });
  }

  #onReport(report: Report): void {
    this.stayAwake();
    switch (report.tag) {
      case "contact":
        this.#contact = report.status === "live";
        this.push(report);
        break;
      case "observation":
        this.#about(report.service, (track) => this.#onObservation(track, report.observation));
        break;
      case "detail":
        this.#about(report.service, ({ serviceId }) => {
          this.push({ tag: "detail", serviceId, detail: storable(report.detail) });
        });
        break;
      case "attribution":
        this.#about(report.service, ({ serviceId }) => {
          const { sourceKey, cause } = report;
          this.push({ tag: "attribution", serviceId, sourceKey, cause: storable(cause), at: now().at });
        });
        break;
    }
  }

  #about(service: string, then: (track: Track) => void): void {
    const track = this.#tracks.get(service);
    if (track) then(track);
    else
      this.#parts.log.warn("a report about a service that is not in the fleet", { host: this.host, service });
  }

  #onObservation(track: Track, seen: Observation): void {
    const observation = storable(seen);
    const moves = advance(track.machine, track, observation);
    if (moves.length === 0) return;
    const recorded: RecordedMove[] = moves.map((move) => {
      const stay = stayUntil(track, move, this.#gaps);
      applyMove(track, move);
      return { move, ...stay, commandId: move.cause.commandId ?? null };
    });
    this.push({ tag: "moves", serviceId: track.serviceId, moves: recorded });
    for (const move of moves) this.#parts.commander.onMove(track, move);
    const last = moves.at(-1);
    // What finished has done what it was wanted for; what merely ended is wanted all the same.
    if (last?.event === "finished" && track.wanted === true) {
      track.wanted = false;
      this.push({ tag: "wanted", serviceId: track.serviceId, wanted: false });
    }
  }
}
