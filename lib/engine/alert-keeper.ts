import type { Database } from "@/db/open";
import { readRecentStays } from "@/db/read/alert-desk";
import { readSilences } from "@/db/read/alerts";
import type { Entry } from "@/db/write/batch";
import { hostRules } from "../insight/rules/host-rules";
import { serviceRules } from "../insight/rules/table";
import { isSteady } from "../insight/steady-states";
import { AlertTeller, aboutHost, aboutService } from "./alerts/alert-teller";
import { isExpectedBy } from "./alerts/command-window";
import { DueQueue, soonest } from "./alerts/due-queue";
import type { GroupFacts } from "./alerts/group-desk";
import { GroupKeeper } from "./alerts/group-keeper";
import { HostDesk, type WatchedHost } from "./alerts/host-desk";
import type { HostSettings } from "./alerts/host-settings";
import { askRules, judgeAlerts } from "./alerts/judge-alerts";
import type { KeeperClock } from "./alerts/keeper-clock";
import { loadDesks } from "./alerts/load-desk";
import type { ServiceDesk } from "./alerts/service-desk";
import { readBackUs, SilenceBook } from "./alerts/silence-book";
import { type Concerned, takeEntry } from "./alerts/take-entry";
import type { Logger } from "./logger";

export interface KeeperParts {
  readonly database: Database;
  readonly push: (host: string, epoch: number, entry: Entry) => void;
  readonly log: Logger;
  readonly clock: KeeperClock;
  /** Of 100 stays that were this long 95 were shorter, in ms; null: too few to say. */
  readonly usualMs: (recent: readonly number[]) => number | null;
}

const waiting: ReadonlySet<string> = new Set(
  serviceRules.filter(({ waitsForCommand }) => waitsForCommand).map(({ id }) => id),
);

const hasLeft = "The service left the configuration.";

/**
 * Keeps the alerts of the hosts that this engine watches. It is told of everything that is handed
 * over to be written, looks at nobody but whom that concerns, and sets an alarm for what is due later.
 * What it has to say is written by the same way, under the same lease.
 */
export class AlertKeeper {
  readonly #parts: KeeperParts;
  readonly #due: DueQueue;
  readonly #silences = new SilenceBook();
  readonly #teller: AlertTeller;
  readonly #hosts = new Map<string, HostDesk>();
  readonly #groups: GroupKeeper;
  /** Whom to look at in this turn. */
  readonly #concerned = new Map<HostDesk, Set<ServiceDesk>>();
  #isSoon = false;
  #isClosed = false;

  constructor(parts: KeeperParts) {
    this.#parts = parts;
    this.#teller = new AlertTeller(parts.push, this.#silences);
    this.#due = new DueQueue(parts.clock, (keys) => this.#onDue(keys));
    const { database, log, clock } = parts;
    const own = { hosts: this.#hosts, teller: this.#teller, silences: this.#silences };
    this.#groups = new GroupKeeper({ sql: database.sql, log, clock, ...own });
  }

  /** What is configured of groups now. */
  setGroups(all: readonly GroupFacts[]): void {
    this.#groups.replace(all);
  }

  /** Takes over a host, or what has changed of it: to be called before it is watched. */
  async load(watch: WatchedHost, settings: HostSettings): Promise<void> {
    const known = this.#hosts.get(watch.host);
    const now = this.#parts.clock.now();
    const host = known?.watch === watch ? known : new HostDesk(watch, settings.alerts, now.at);
    host.alerts = settings.alerts;
    const wanted = new Set(settings.services.map(({ serviceId }) => serviceId));
    for (const [id, desk] of host.services) if (!wanted.has(id)) this.#dropService(host, desk);
    for (const facts of settings.services) {
      const desk = host.services.get(facts.serviceId);
      if (desk) desk.facts = facts;
    }
    await loadDesks(this.#parts.database.sql, host, settings.services, now, (alertId, serviceId) =>
      this.#teller.resolve({ host, serviceId, group: null }, alertId, hasLeft, now.at),
    );
    this.#hosts.set(watch.host, host);
    this.opened(watch.host);
  }

  /** The first look at the host is complete: what is there is judged now. */
  opened(name: string): void {
    const host = this.#hosts.get(name);
    if (!host) return;
    const now = this.#parts.clock.now();
    if (host.watch.live) for (const desk of host.services.values()) desk.run(host.moment(now));
    this.#look(host, "all");
    this.#groups.lookAll();
  }

  /** The host is not watched any more, for it left the configuration. */
  drop(name: string): void {
    const host = this.#hosts.get(name);
    if (!host) return;
    for (const desk of host.services.values()) this.#dropService(host, desk);
    const { at } = this.#parts.clock.now();
    this.#teller.resolveAll(aboutHost(host), "The host left the configuration.", at);
    this.#hosts.delete(name);
    this.#concerned.delete(host);
    this.#due.set(keyOf(host), null);
    this.#groups.lookAll();
  }

  /** To be told of everything that is handed over to be written. */
  hear(name: string, entry: Entry): void {
    const host = this.#isClosed ? undefined : this.#hosts.get(name);
    if (!host) return;
    this.#look(host, takeEntry(host, entry, this.#parts.clock.now()));
    this.#groups.hear(name, entry);
  }

  /** Somebody made or ended a silence, or may have. */
  async wake(): Promise<void> {
    try {
      const { at } = this.#parts.clock.now();
      this.#silences.replace(await readSilences(this.#parts.database.db, at - readBackUs));
      this.#onSilences();
    } catch (error) {
      this.#parts.log.warn("silences cannot be read now; the known ones hold on", { error });
    }
  }

  close(): void {
    this.#isClosed = true;
    this.#due.close();
    this.#groups.close();
  }

  #onSilences(): void {
    if (this.#isClosed) return;
    for (const host of this.#hosts.values()) this.#look(host, "all");
    this.#groups.lookAll();
    const { at } = this.#parts.clock.now();
    const turn = this.#silences.nextTurn(at);
    this.#due.set("silences", turn === null ? null : turn - at);
  }

  #onDue(keys: readonly string[]): void {
    for (const key of keys) {
      if (key === "silences") this.#onSilences();
      const [, hostName = "", serviceId] = /^host (\S+)(?: (\d+))?$/.exec(key) ?? [];
      const host = this.#hosts.get(hostName);
      if (!host) continue;
      host.watch.stayAwake();
      const desk = host.services.get(Number(serviceId));
      this.#look(host, desk ? [desk] : []);
    }
  }

  /** At the end of this turn, and before what was heard in it is written: one transaction holds both. */
  #look(host: HostDesk, concerned: Concerned): void {
    if (concerned === "nobody" || this.#isClosed) return;
    const known = this.#concerned.get(host) ?? new Set();
    for (const desk of concerned === "all" ? host.services.values() : concerned) known.add(desk);
    this.#concerned.set(host, known);
    if (this.#isSoon) return;
    this.#isSoon = true;
    queueMicrotask(() => this.#judge());
  }

  #judge(): void {
    this.#isSoon = false;
    const concerned = [...this.#concerned];
    this.#concerned.clear();
    if (this.#isClosed) return;
    for (const [host, desks] of concerned) {
      try {
        this.#judgeHost(host);
        // Of what is not seen nothing is told: the host is the one alert.
        if (host.watch.live) for (const desk of desks) this.#judgeService(host, desk);
      } catch (error) {
        this.#parts.log.warn("the alerts of a host cannot be judged", { host: host.watch.host, error });
      }
    }
  }

  #judgeHost(host: HostDesk): void {
    const now = this.#parts.clock.now();
    const picture = host.picture(now.monotonic);
    if (!picture) return;
    const about = aboutHost(host);
    const { judgements, dueInUs } = judgeAlerts(
      askRules(hostRules, picture),
      host.firing,
      (rule) => this.#silences.maintenanceOf(about.subject(rule), now.at) !== null,
    );
    this.#teller.carryOut(about, judgements, now.at);
    this.#due.set(keyOf(host), dueInUs);
  }

  #judgeService(host: HostDesk, desk: ServiceDesk): void {
    const { serviceId } = desk.facts;
    const moment = host.moment(this.#parts.clock.now());
    const picture = desk.picture(moment);
    if (!picture || host.services.get(serviceId) !== desk) return;
    this.#askUsual(host, desk);
    const about = aboutService(host, desk);
    const { judgements, dueInUs } = judgeAlerts(
      askRules(serviceRules, picture),
      desk.firing,
      (rule, { since }) =>
        (waiting.has(rule) && isExpectedBy(desk.window, since - moment.offsetUs, moment.monotonic)) ||
        this.#silences.maintenanceOf(about.subject(rule), moment.at) !== null,
    );
    this.#teller.carryOut(about, judgements, moment.at);
    const { host: name, epoch } = host.watch;
    const mark = desk.newMark(picture.thrash);
    if (mark !== undefined) this.#parts.push(name, epoch, { tag: "thrash", serviceId, mark });
    const closesInUs = desk.window && desk.window.closesMonotonic - moment.monotonic;
    this.#due.set(keyOf(host, serviceId), soonest([dueInUs, picture.thrash.changesInUs, closesInUs]));
  }

  /** How long it usually takes is read once for each stay, and only where a rule asks for it. */
  #askUsual(host: HostDesk, desk: ServiceDesk): void {
    const { state } = desk;
    const isWanted = (desk.facts.alerts.limits.unusual ?? null) !== null;
    if (!isWanted || state === null || isSteady(state) || desk.usualAskedFor === state) return;
    desk.usualAskedFor = state;
    readRecentStays(this.#parts.database.sql, desk.facts.serviceId, state)
      .then((recent) => {
        if (desk.usualAskedFor !== state) return;
        desk.usualMs = this.#parts.usualMs(recent);
        this.#look(host, [desk]);
      })
      .catch((error) =>
        this.#parts.log.warn("what is usual cannot be read now", { service: desk.facts.id, error }),
      );
  }

  #dropService(host: HostDesk, desk: ServiceDesk): void {
    const { serviceId } = desk.facts;
    const { at } = this.#parts.clock.now();
    host.services.delete(serviceId);
    this.#teller.resolveAll(aboutService(host, desk), hasLeft, at);
    this.#due.set(keyOf(host, serviceId), null);
  }
}

function keyOf({ watch }: HostDesk, serviceId?: number): string {
  return serviceId === undefined ? `host ${watch.host}` : `host ${watch.host} ${serviceId}`;
}
