import { now } from "../../clock";
import type { Micros, OperatorEvent } from "../../machine/types";
import type { LogLine } from "../../wire/service";
import type {
  ActionContext,
  ActResult,
  LastKnown,
  LogQuery,
  Platform,
  Report,
  Resume,
  Usage,
} from "../contract";
import { Contact } from "./contact";
import { ContactFit } from "./contact-fit";
import type { Snapshot } from "./contact-parts";
import { createHostDial, type HostDial } from "./dial";
import type { DiscoveryPatterns } from "./discover-units";
import { Discovery } from "./discovery";
import { HostClock } from "./host-clock";
import { type HostLink, keepLinked, type LinkDown } from "./host-link";
import { HostReport } from "./host-report";
import { HostUnits } from "./host-units";
import { JournalWatch } from "./journal-watch";
import { leftOvers } from "./left-overs";
import type { Session } from "./session";
import { Standings } from "./standings";
import { UnitWatch, type WatchedUnit } from "./unit-watch";
import type { HostAddress } from "./via";

export type { WatchedUnit };

export interface SystemdOptions {
  readonly hostName: string;
  readonly address: HostAddress;
  readonly units: readonly WatchedUnit[];
  readonly discover: readonly DiscoveryPatterns[];
  /** How far back the journal is read for a service that has no history yet. */
  readonly historyMs: number;
  readonly warn: (message: string) => void;
}

/** A host that does not answer keeps no other one waiting. */
const firstLookMs = 3_000;
const noContact = "There is no contact with the host now; nothing was done.";

/** The services of one host's systemd, watched over D-Bus, with what its journal remembers. */
export class SystemdPlatform implements Platform {
  readonly recovers = true;
  readonly dial: HostDial;
  readonly #options: SystemdOptions;
  readonly #units: HostUnits;
  readonly #watches = new Map<string, UnitWatch>();
  readonly #standings = new Standings();
  readonly #journal: JournalWatch;
  readonly #discovery: Discovery;
  #report: (report: Report) => void = () => undefined;
  #link: HostLink | null = null;
  #contact: Contact | null = null;
  #attempt = new AbortController();
  #historyUntil: Micros | null = null;
  /** The present contact has read back what was missed. */
  #caughtUp = false;
  #hostReport: HostReport | null = null;
  #fit: ContactFit | null = null;
  #onFirstLook: () => void = () => undefined;

  constructor(options: SystemdOptions) {
    this.#options = options;
    this.dial = createHostDial(options.address);
    this.#units = new HostUnits(options.units);
    this.#discovery = new Discovery(options.discover, {
      session: () => this.#contact?.session ?? null,
      configured: () => this.#units.configured((name) => this.#contact?.watches.get(name)?.watched.unit),
      known: () => this.#units.found(),
      onFound: (units) => this.#onFound(units),
      warn: options.warn,
    });
    this.#journal = new JournalWatch(options.address, options.historyMs);
  }

  async open({ services, historyUntil }: Resume, report: (report: Report) => void): Promise<void> {
    this.#historyUntil = historyUntil;
    this.#report = (told) => {
      this.#standings.onReport(told);
      report(told);
    };
    this.#standings.learn(services);
    if (this.#options.discover.length > 0) this.#units.remember(services);
    const looked = new Promise<void>((resolve) => {
      this.#onFirstLook = resolve;
      setTimeout(resolve, firstLookMs).unref();
    });
    this.#link = keepLinked(this.#options.address, {
      onUp: (session) => void this.#onUp(session),
      onDown: (down) => this.#onDown(down),
    });
    await looked;
  }

  /** Puts another configuration in force: what is new is watched, what left is not any more. */
  reconfigure(
    units: readonly WatchedUnit[],
    discover: readonly DiscoveryPatterns[],
    services: readonly LastKnown[],
  ): void {
    this.#discovery.patterns = discover;
    this.#units.configure(units);
    if (discover.length === 0) this.#units.find([]);
    this.#standings.learn(services);
    this.#fit?.fit();
    this.#discovery.soon();
  }

  adopt(services: readonly LastKnown[]): void {
    this.#standings.learn(services);
    this.#fit?.fit();
  }

  async act(service: string, event: OperatorEvent, context: ActionContext): Promise<ActResult> {
    if (this.#units.of(service) === undefined) return { tag: "refused", reason: "There is no such service." };
    if (this.#contact === null) return { tag: "refused", reason: noContact };
    return this.#contact.act(service, event, context);
  }

  async objection(service: string, event: OperatorEvent): Promise<string | null> {
    const session = this.#contact?.session;
    if (session === undefined) throw new Error("there is no contact with the host now");
    // What was told of it counts only as long as the host is really heard.
    await session.ping();
    if (event === "start" || event === "restart") return null;
    return leftOvers(session, this.#unitOf(service));
  }

  /** Systemd counts it, and never signals it (DOMAIN §1.1); null without contact or without a process. */
  async usage(service: string): Promise<Usage | null> {
    const session = this.#contact?.session;
    if (session === undefined) return null;
    const { memoryBytes, cpuNs, tasks } = await session.usage(this.#unitOf(service));
    if (memoryBytes === null && tasks === null) return null;
    return { at: now().at, memoryBytes, cpuUs: cpuNs === null ? null : Math.round(cpuNs / 1000), tasks };
  }

  async logs(service: string, query: LogQuery): Promise<LogLine[]> {
    return this.#journal.logs(this.#unitOf(service), query);
  }

  async followLogs(
    service: string,
    query: LogQuery,
    signal: AbortSignal,
    onLine: (line: LogLine) => void,
  ): Promise<void> {
    await this.#journal.followLogs(this.#unitOf(service), query, signal, onLine);
  }

  /** Units live on without us: closing ends the watch, and nothing else. */
  async close(_deadlineMs: number): Promise<void> {
    this.#endContact();
    this.#discovery.end();
    await this.#link?.close();
  }

  /** What systemd calls it, as far as it has been heard. */
  #unitOf(service: string): string {
    const watched = this.#contact?.watches.get(service);
    if (watched !== undefined) return watched.watched.unit;
    const unit = this.#units.of(service);
    if (unit === undefined) throw new Error(`${this.#options.hostName} has no service ${service}`);
    return unit.unit;
  }

  async #onUp(session: Session): Promise<void> {
    this.#attempt = new AbortController();
    const { signal } = this.#attempt;
    const clock = new HostClock(this.#options.address, signal);
    const contact = new Contact({
      session,
      report: this.#report,
      watchOf: (watched) => this.#watchOf(watched),
      standing: (service) => this.#standings.of(service),
      clock,
      readBack: (snapshots, clockOffsetUs) => this.#readBack(snapshots, clockOffsetUs, session, signal),
      warn: (message) => this.#options.warn(message),
    });
    contact.onListChanged = () => this.#discovery.soon();
    this.#contact = contact;
    const units = this.#watchable();
    this.#fit = new ContactFit(contact, units, () => this.#watchable(), this.#options.warn);
    try {
      const recovered = await contact.begin(units);
      if (recovered === null) return;
      this.#caughtUp = true;
      const { recordFrom, trouble } = recovered;
      const hostReport = new HostReport(contact, clock, { recordFrom, trouble }, (facts) =>
        this.#report({ tag: "host", facts }),
      );
      if (signal.aborted) return;
      this.#hostReport = hostReport;
      clock.onChanged = (offsetUs) => {
        contact.onClock(offsetUs);
        hostReport.soon();
      };
      void this.#journal.follow(
        recovered.cursor,
        signal,
        (entry) => contact.onJournal(entry),
        (found) => {
          hostReport.trouble = found;
        },
      );
      this.#fit?.fit();
      this.#discovery.soon();
      hostReport.begin();
    } catch (error) {
      if (signal.aborted) return;
      this.#options.warn(`the first look failed: ${(error as Error).message}`);
      await session.close();
    } finally {
      this.#onFirstLook();
    }
  }

  #onDown({ reason, lastHeardAt }: LinkDown): void {
    this.#endContact();
    const words = `${reason.charAt(0).toUpperCase()}${reason.slice(1).replace(/\.$/, "")}.`;
    // A contact that ended while the past was still being read has added nothing to history.
    if (this.#caughtUp) this.#historyUntil = lastHeardAt ?? now().at;
    this.#caughtUp = false;
    if (this.#historyUntil === null)
      this.#report({ tag: "contact", status: "never", at: now().at, reason: words });
    else this.#report({ tag: "contact", status: "lost", at: this.#historyUntil, reason: words });
    this.#onFirstLook();
  }

  #endContact(): void {
    this.#attempt.abort();
    this.#fit?.end();
    this.#fit = null;
    this.#hostReport?.end();
    this.#hostReport = null;
    this.#contact?.end();
    this.#contact = null;
  }

  #watchOf(watched: WatchedUnit): UnitWatch {
    const known = this.#watches.get(watched.name);
    if (known?.watched.unit === watched.unit && known.watched.settleMs === watched.settleMs) return known;
    const watch = new UnitWatch(watched, (report) => this.#report(report));
    this.#watches.set(watched.name, watch);
    return watch;
  }

  #readBack(
    snapshots: readonly Snapshot[],
    clockOffsetUs: Micros | null,
    { facts }: Session,
    signal: AbortSignal,
  ) {
    const wishes = snapshots.map((snapshot) => {
      const { state, since, keys } = this.#standings.of(snapshot.watched.name);
      return { snapshot, state, since, known: keys };
    });
    const standIn = `userspace-${facts.bootStamp?.at ?? 0}`;
    return this.#journal.readBack(wishes, this.#historyUntil, clockOffsetUs, standIn, signal);
  }

  /** What has a place in the fleet; only that can be reported about. */
  #watchable(): WatchedUnit[] {
    return this.#units.all().filter(({ name }) => this.#standings.has(name));
  }

  #onFound(units: readonly WatchedUnit[]): void {
    this.#units.find(units);
    this.#report({ tag: "discovered", services: units.map(({ name, unit }) => ({ name, runs: unit })) });
  }
}
