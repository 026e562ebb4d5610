import path from "node:path";
import { channels } from "@/db/channels";
import type { Database } from "@/db/open";
import { readTracks } from "@/db/read/tracks";
import { prune } from "@/db/write/prune";
import { pruneNotifications } from "@/db/write/prune-notifications";
import { forgetEngines } from "@/db/write/record-engine-health";
import { resolveDeparted } from "@/db/write/resolve-departed";
import { recordConfigErrors, syncDiscovered, syncFleet } from "@/db/write/sync-fleet";
import { thinHistory } from "@/db/write/thin-history";
import { now } from "../clock";
import type { Fleet } from "../config/fleet";
import { usualStay } from "../insight/normal-stays";
import type { Discovered } from "../platforms/contract";
import { ProcessPlatform } from "../platforms/process/process-platform";
import { SystemdPlatform } from "../platforms/systemd/systemd-platform";
import { AlertKeeper } from "./alert-keeper";
import { groupSettings, hostSettings } from "./alerts/host-settings";
import { type KeeperClock, machineClock } from "./alerts/keeper-clock";
import { wantedApplications } from "./applications/wanted-applications";
import { Commander } from "./commander";
import { endForsakenHosts } from "./forsaken-hosts";
import { HealthReport } from "./health-report";
import { HostWatch } from "./host-watch";
import { Leases } from "./lease";
import { LogRelay } from "./log-relay";
import { createLogger } from "./logger";
import { Notifier } from "./notifier";
import { createPlatform, discoveries, processSpecs, systemdUnits } from "./platforms";
import { Recorder } from "./recorder";
import { UsageRelay } from "./usage-relay";
import { wantedFleet } from "./wanted-fleet";
import { WatchedServices } from "./watched-services";

export interface EngineSettings {
  readonly instanceId: string;
  readonly dataFolder: string;
  /** Which build of Signalbox this is. */
  readonly build: string;
  /** Environment for single services that does not stand in the configuration, by service id. */
  readonly secrets: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Signalbox's own address, for links in messages; without one the links lead to this machine. */
  readonly address?: string;
  /** What the limits of alerts are measured by; this machine's own unless told otherwise. */
  readonly alertClock?: KeeperClock;
}

const observedEveryMs = 1_000;
const pruneEveryMs = 600_000;

/** Watches, records and acts: the one place where platform, machine and database meet. */
export class Engine {
  readonly #database: Database;
  readonly #settings: EngineSettings;
  readonly #log = createLogger("engine");
  readonly #recorder: Recorder;
  readonly #health: HealthReport;
  readonly #leases: Leases;
  readonly #commander: Commander;
  readonly #keeper: AlertKeeper;
  readonly #logs: LogRelay;
  readonly #usage: UsageRelay;
  readonly #notifier: Notifier;
  readonly #watches = new Map<string, HostWatch>();
  readonly #services = new WatchedServices();
  readonly #stopping = new AbortController();
  readonly #timers: NodeJS.Timeout[] = [];
  #discovering: Promise<void> = Promise.resolve();
  #fleet: Fleet | null = null;

  constructor(database: Database, settings: EngineSettings, onFatal: (error: Error) => void) {
    this.#database = database;
    this.#settings = settings;
    this.#keeper = new AlertKeeper({
      database,
      push: (host, epoch, entry) => this.#recorder.push(host, epoch, entry),
      log: this.#log,
      clock: settings.alertClock ?? machineClock,
      usualMs: (recent) => usualStay(recent)?.p95Ms ?? null,
    });
    this.#health = new HealthReport(database, settings.build, this.#log, () => this.#recorder.waiting);
    const { figures } = this.#health;
    this.#recorder = new Recorder(database.sql, this.#log, onFatal, {
      onEntry: (host, entry) => this.#keeper.hear(host, entry),
      onCommitted: (ms) => figures.committed(ms),
    });
    this.#leases = new Leases(database.target, this.#log, (host) =>
      onFatal(new Error(`another engine has taken over the host ${host}`)),
    );
    const watched = (serviceId: number) => this.#services.of(serviceId);
    this.#commander = new Commander({
      sql: database.sql,
      recorder: this.#recorder,
      log: this.#log,
      watched,
      leases: () =>
        [...this.#watches.values()].filter(({ live }) => live).map(({ host, epoch }) => ({ host, epoch })),
    });
    this.#logs = new LogRelay(database, watched, this.#log);
    this.#usage = new UsageRelay(database, watched, this.#log);
    const base = settings.address ?? "http://127.0.0.1:4600";
    this.#notifier = new Notifier(database, { base, env: process.env }, this.#log);
  }

  /** Takes the fleet over and watches it. Resolves after the first look at every host. */
  async open(fleet: Fleet): Promise<void> {
    await this.#sync(fleet);
    await this.#notifier.open(fleet.notify);
    await this.#keeper.wake();
    const { dataFolder, instanceId } = this.#settings;
    await endForsakenHosts(dataFolder, instanceId, new Set(fleet.hosts.map(({ name }) => name)));
    this.#timers.push(setInterval(() => this.#tick(), observedEveryMs));
    this.#timers.push(setInterval(() => this.#prune(), pruneEveryMs));
    this.#health.begin();
    await Promise.all(fleet.hosts.map((host) => this.#openHost(host.name, fleet)));
    await this.#wakeOn(channels.command, () => void this.#commander.wake());
    await this.#wakeOn(channels.silence, () => void this.#keeper.wake());
    await this.#wakeOn(channels.wish, () => {
      void this.#logs.wake();
      void this.#usage.wake();
    });
  }

  /** Also whenever the connection is there again: what came meanwhile was not heard. */
  async #wakeOn(channel: string, wake: () => void): Promise<void> {
    await this.#database.sql.listen(channel, wake, wake);
  }

  /** Takes over a changed configuration while running. */
  async reconfigure(fleet: Fleet): Promise<void> {
    await this.#sync(fleet);
    await this.#notifier.reconfigure(fleet.notify);
    // A slow stop on one host keeps no other from taking its services over.
    await Promise.all(fleet.hosts.map((host) => this.#reconfigureHost(host.name, fleet)));
    const wanted = new Set(fleet.hosts.map(({ name }) => name));
    await Promise.all(
      [...this.#watches].map(async ([name, watch]) => {
        if (wanted.has(name)) return;
        this.#keeper.drop(name);
        await watch.close(10_000, "unconfigured");
        this.#watches.delete(name);
        await this.#recorder.settled(10_000);
        await this.#leases.release(name);
      }),
    );
    this.#services.keepOnly(this.#watches.values());
  }

  async #reconfigureHost(name: string, fleet: Fleet): Promise<void> {
    const watch = this.#watches.get(name);
    if (!watch) return this.#openHost(name, fleet);
    await watch.loadTracks();
    this.#setApplications(watch, fleet);
    this.#services.index(watch);
    await this.#keep(watch);
    const { platform } = watch;
    if (platform instanceof ProcessPlatform) {
      const specs = processSpecs(fleet, name, this.#settings.secrets);
      await platform.reconfigure(specs, watch.lastKnown());
    }
    if (platform instanceof SystemdPlatform)
      platform.reconfigure(systemdUnits(fleet, name), discoveries(fleet, name), watch.lastKnown());
    await this.#dropGone(watch);
    await this.#keep(watch);
  }

  /** The host says what else there is: those become services, and what it no longer has leaves. */
  #onDiscovered(watch: HostWatch, found: readonly Discovered[]): void {
    const take = async () => {
      await syncDiscovered(this.#database, watch.host, found, now().at);
      await watch.loadTracks();
      this.#services.index(watch);
      await this.#dropGone(watch);
      await this.#keep(watch);
      watch.platform.adopt?.(watch.lastKnown());
    };
    this.#discovering = this.#discovering
      .then(take)
      .catch((error) =>
        this.#log.warn("what was found could not be taken over", { host: watch.host, error }),
      );
  }

  async #dropGone(watch: HostWatch): Promise<void> {
    watch.dropExcept(new Set((await readTracks(this.#database, watch.host)).map(({ name }) => name)));
  }

  async #keep(watch: HostWatch): Promise<void> {
    if (this.#fleet) await this.#keeper.load(watch, hostSettings(this.#fleet, watch.tracks()));
  }

  /** A configuration that cannot be taken over: the last good one stays in force. */
  async reportConfig(errors: readonly string[]): Promise<void> {
    await recordConfigErrors(this.#database, errors, now().at);
  }

  /** Ends the watch of every host and writes what is left to write, within `deadlineMs`. */
  async close(deadlineMs: number): Promise<void> {
    const until = performance.now() + deadlineMs;
    this.#stopping.abort();
    for (const timer of this.#timers) clearInterval(timer);
    this.#health.close();
    this.#logs.close();
    this.#usage.close();
    const told = this.#notifier.close(deadlineMs / 3);
    this.#keeper.close();
    await Promise.all([...this.#watches.values()].map((watch) => watch.close(deadlineMs - 600, "ending")));
    this.#commander.close("Signalbox was ended before its effect had held.");
    await this.#recorder.settled(Math.max(200, until - performance.now()));
    await told;
    await this.#leases.close();
  }

  async #sync(fleet: Fleet): Promise<void> {
    this.#fleet = fleet;
    await syncFleet(this.#database, wantedFleet(fleet), now().at);
    await resolveDeparted(this.#database, now().at);
    this.#keeper.setGroups(groupSettings(fleet));
  }

  async #openHost(name: string, fleet: Fleet): Promise<void> {
    const host = fleet.hosts.find((candidate) => candidate.name === name);
    const folders = {
      state: path.join(this.#settings.dataFolder, "process", name),
      logs: path.join(this.#settings.dataFolder, "logs", name),
    };
    const platform =
      host &&
      createPlatform(host, fleet, this.#settings.instanceId, folders, this.#settings.secrets, (message) =>
        this.#log.warn(message, { host: name }),
      );
    if (!platform) return;
    const epoch = await this.#leases.take(name, this.#stopping.signal);
    const watch = new HostWatch(name, epoch, platform, {
      database: this.#database,
      recorder: this.#recorder,
      commander: this.#commander,
      log: this.#log,
      onDiscovered: (found, services) => this.#onDiscovered(found, services),
    });
    this.#watches.set(name, watch);
    await watch.loadTracks();
    this.#setApplications(watch, fleet);
    this.#services.index(watch);
    await this.#keep(watch);
    await watch.open();
    this.#keeper.opened(name);
    await this.#recorder.settled(10_000);
    await this.#commander.wake();
  }

  #setApplications(watch: HostWatch, fleet: Fleet): void {
    const platformOf = (host: string) => this.#watches.get(host)?.platform ?? null;
    watch.setApplications(wantedApplications(watch.host, { fleet, platformOf }));
  }

  #tick(): void {
    const at = now().at;
    for (const watch of this.#watches.values()) watch.observe(at);
    // A notification can be missed while its connection is being replaced.
    void this.#commander.wake();
    void this.#commander.settleStrays();
  }

  #prune(): void {
    const { at } = now();
    const { sql } = this.#database;
    const keepMs = this.#fleet?.keepMs ?? null;
    const thin = keepMs === null ? 0 : thinHistory(sql, at / 1000, keepMs);
    const pruned = [prune(sql, at), pruneNotifications(sql, at), forgetEngines(this.#database, at), thin];
    Promise.all(pruned).catch((error) => this.#log.warn("what is old stays for now", { error }));
  }
}
