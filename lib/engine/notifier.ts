import { setTimeout as sleep } from "node:timers/promises";
import { channels as wakes } from "@/db/channels";
import type { Database } from "@/db/open";
import { fillOutbox } from "@/db/write/fill-outbox";
import { noteChannel } from "@/db/write/settle-notifications";
import { syncChannels } from "@/db/write/sync-channels";
import { now } from "../clock";
import type { NotifyConfig } from "../config/notify-config";
import { renewEveryMs } from "../notify/alertmanager";
import { defaultPace } from "../notify/pace";
import { limitsMs, type Sending } from "../notify/send";
import { targetOf, whyUnready } from "../notify/target";
import { ChannelWorker, type WorkerParts } from "./channel-worker";
import type { Logger } from "./logger";
import { storable } from "./storable";

type Times = Pick<WorkerParts, "pace" | "limitsMs" | "leaseBeyondMs" | "renewEveryMs">;

export interface NotifierSettings extends Partial<Times> {
  /** Signalbox's own address, for the links in messages. */
  readonly base: string;
  readonly env: Sending["env"];
}

const ordinary: Times = { pace: defaultPace, limitsMs, leaseBeyondMs: 15_000, renewEveryMs };

/** A notification can be missed while its connection is being replaced. */
const lookEveryMs = 5_000;
const askAgainMs = 100;
/** How long an ending may take beyond what is granted to what is under way. */
const mostBeyondMs = 500;

/**
 * Tells of alerts: fills the outbox with what became of them, and has a worker for each channel, so
 * that none waits for another. Many engines may do so beside each other.
 */
export class Notifier {
  readonly #database: Database;
  readonly #env: Sending["env"];
  readonly #parts: WorkerParts;
  readonly #log: Logger;
  #look: NodeJS.Timeout | null = null;
  #config: NotifyConfig | null = null;
  #workers: readonly ChannelWorker[] = [];
  /** Of earlier configurations, and still sending. */
  #leaving: readonly ChannelWorker[] = [];
  #filling: Promise<void> | null = null;
  #again = false;
  #closed = false;

  constructor(database: Database, settings: NotifierSettings, log: Logger) {
    const base = settings.base.replace(/\/+$/, "");
    this.#database = database;
    this.#env = settings.env;
    this.#parts = { ...ordinary, ...settings, base, database, log };
    this.#log = log;
  }

  async open(config: NotifyConfig): Promise<void> {
    await this.reconfigure(config);
    const wake = () => this.wake();
    await this.#database.sql.listen(wakes.alert, wake, wake);
    this.#look = setInterval(wake, lookEveryMs);
  }

  /** Takes over a changed configuration; what is being sent is brought to its end. */
  async reconfigure(config: NotifyConfig): Promise<void> {
    const wanted = config.channels.map((channel) => ({
      ...{ name: channel.name, kind: channel.kind },
      target: targetOf(channel, this.#env),
    }));
    await syncChannels(this.#database, wanted, now().at);
    await this.#tellUnready(config);
    for (const worker of this.#workers) worker.retire();
    this.#leaving = [...this.#leaving, ...this.#workers].filter(({ isBusy }) => isBusy);
    this.#config = config;
    const { digest, giveUpAfterMs } = config;
    this.#workers = config.channels.map(
      (channel) => new ChannelWorker(channel, digest, giveUpAfterMs, this.#parts),
    );
    this.wake();
  }

  /** A variable that is not set is said now, not when the first alert wants to go out. */
  async #tellUnready({ channels }: NotifyConfig): Promise<void> {
    for (const channel of channels) {
      const reason = whyUnready(channel, this.#env);
      if (reason === null) continue;
      this.#log.warn("a channel cannot be used as it is configured", { channel: channel.name, reason });
      await noteChannel(this.#database.db, channel.name, storable(reason), now().at);
    }
  }

  /** Something became of an alert, or a message may wait. */
  wake(): void {
    if (this.#closed) return;
    this.#again = true;
    this.#filling ??= this.#fillAll().finally(() => {
      this.#filling = null;
      if (this.#again) this.wake();
    });
  }

  /** What is under way may end within `graceMs`; what is not sent then stays in the outbox. */
  async close(graceMs: number): Promise<void> {
    this.#closed = true;
    this.#again = false;
    if (this.#look) clearInterval(this.#look);
    const workers = [...this.#workers, ...this.#leaving];
    const ended = Promise.all([this.#filling, ...workers.map((worker) => worker.close(graceMs))]);
    // Without a database what is under way may have no end.
    await Promise.race([ended, sleep(graceMs + mostBeyondMs, undefined, { ref: false })]);
  }

  async #fillAll(): Promise<void> {
    this.#again = false;
    try {
      await this.#fill();
    } catch (error) {
      this.#log.warn("what became of alerts cannot be read now; tried again", { error });
    }
    for (const worker of this.#workers) worker.wake();
  }

  async #fill(): Promise<void> {
    if (!this.#config || this.#closed) return;
    const filled = await fillOutbox(this.#database, this.#config, now().at);
    switch (filled) {
      case "done":
        return;
      case "more":
        this.#again = true;
        return;
      case "busy":
        await sleep(askAgainMs);
        this.#again = !this.#closed;
        return;
    }
  }
}
