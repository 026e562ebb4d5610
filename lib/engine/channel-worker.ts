import { setTimeout as sleep } from "node:timers/promises";
import type { Database } from "@/db/open";
import { readToldFiring } from "@/db/read/told-alerts";
import { type ClaimedDelivery, claimDelivery } from "@/db/write/claim-notifications";
import { noteChannel, type Settlement, settleDelivery } from "@/db/write/settle-notifications";
import { now } from "../clock";
import type { ChannelConfig, DigestConfig } from "../config/notify-config";
import { type Pace, waitMs } from "../notify/pace";
import { renew, type Sending, send } from "../notify/send";
import type { Outcome } from "../notify/telling";
import type { Logger } from "./logger";
import { storable } from "./storable";

/** What the workers of all channels share. */
export interface WorkerParts {
  readonly database: Database;
  readonly log: Logger;
  readonly base: string;
  readonly env: Sending["env"];
  readonly pace: Pace;
  readonly limitsMs: Sending["limitsMs"];
  /** How much longer than an attempt may take a delivery belongs to whoever took it. */
  readonly leaseBeyondMs: number;
  /** How often an Alertmanager is told again what still holds. */
  readonly renewEveryMs: number;
}

const againWithoutDatabaseMs = 1_000;
/** Longer timers would end at once; nothing waits so long. */
const longestWaitMs = 3_600_000;

/** Alertmanager puts its own digests together: it is told of everything at once. */
const everythingAtOnce: DigestConfig = { above: 0, withinMs: 0 };

/** Sends what waits for one channel, one delivery after the other. */
export class ChannelWorker {
  readonly #channel: ChannelConfig;
  readonly #digest: DigestConfig;
  readonly #giveUpAfterMs: number;
  readonly #parts: WorkerParts;
  readonly #ending = new AbortController();
  #retired = false;
  #running: Promise<void> | null = null;
  #again = false;
  #timer: NodeJS.Timeout | null = null;
  #renewedAt = Number.NEGATIVE_INFINITY;

  constructor(channel: ChannelConfig, digest: DigestConfig, giveUpAfterMs: number, parts: WorkerParts) {
    this.#channel = channel;
    this.#digest = channel.kind === "alertmanager" ? everythingAtOnce : digest;
    this.#giveUpAfterMs = giveUpAfterMs;
    this.#parts = parts;
  }

  /** Whether something is being sent. */
  get isBusy(): boolean {
    return this.#running !== null;
  }

  /** Something may wait for this channel. */
  wake(): void {
    if (this.#retired) return;
    this.#again = true;
    this.#running ??= this.#run().finally(() => {
      this.#running = null;
      if (this.#again) this.wake();
    });
  }

  /** Takes nothing further; what is under way is brought to its end. */
  retire(): void {
    this.#retired = true;
    this.#again = false;
    if (this.#timer) clearTimeout(this.#timer);
  }

  /** The same, and what is under way is broken off after `graceMs`. */
  async close(graceMs: number): Promise<void> {
    this.retire();
    const timer = setTimeout(() => this.#ending.abort(), graceMs);
    await this.#running;
    clearTimeout(timer);
  }

  async #run(): Promise<void> {
    while (this.#again && !this.#retired) {
      this.#again = false;
      try {
        await this.#renewIfDue();
        await this.#step();
      } catch (error) {
        this.#warn("what waits for a channel cannot be read now; tried again", { error });
        this.#wakeIn(againWithoutDatabaseMs);
      }
    }
  }

  async #step(): Promise<void> {
    const { database, limitsMs, leaseBeyondMs } = this.#parts;
    const limit = this.#channel.kind === "email" ? limitsMs.smtp : limitsMs.http;
    const leaseUs = (limit + leaseBeyondMs) * 1_000;
    const { at } = now();
    const claim = await claimDelivery(database, this.#channel.name, this.#digest, leaseUs, at);
    switch (claim.tag) {
      case "nothing":
        return;
      case "wait":
        this.#wakeIn((claim.until - at) / 1_000);
        return;
      case "delivery": {
        const outcome = await send(this.#channel, claim.delivery, this.#sending());
        await this.#settle(claim, storable(this.#settlementOf(outcome, claim)));
        this.#again = !this.#retired;
        return;
      }
    }
  }

  #sending(): Sending {
    const { base, env, limitsMs } = this.#parts;
    return { base, env, limitsMs, at: now().at, signal: this.#ending.signal };
  }

  #settlementOf(outcome: Outcome, { failures, waitsSince, isTest }: ClaimedDelivery): Settlement {
    if (outcome.tag === "sent") return outcome;
    if (this.#ending.signal.aborted) return { tag: "released" };
    const { reason } = outcome;
    const { at } = now();
    // Whoever asks for a test wants to know whether it works now.
    if (isTest || at - waitsSince > this.#giveUpAfterMs * 1_000) return { tag: "given-up", reason };
    const refused = outcome.tag === "refused";
    const asked = outcome.tag === "failed" ? (outcome.afterMs ?? 0) : 0;
    const wait = Math.max(asked, waitMs(failures + 1, refused, this.#parts.pace));
    return { tag: "again", reason, refused, nextAt: at + wait * 1_000 };
  }

  /** Until it is written: what was sent must not be sent again because nobody noted it. */
  async #settle(claim: ClaimedDelivery, settlement: Settlement): Promise<void> {
    if ("reason" in settlement)
      this.#warn(settlement.tag === "again" ? "a message was not delivered" : "a message was given up", {
        delivery: claim.delivery.id,
        reason: settlement.reason,
      });
    for (let told = false; ; told = true) {
      try {
        return await settleDelivery(this.#parts.database, claim, settlement, now().at);
      } catch (error) {
        if (this.#ending.signal.aborted) return;
        if (!told) this.#warn("what became of a message is not written for now; tried again", { error });
        await sleep(againWithoutDatabaseMs, undefined, { signal: this.#ending.signal }).catch(() => {});
      }
    }
  }

  /**
   * Alertmanager holds an alert for a while only, and forgets all of them when it is restarted. Not
   * beside a delivery: what is over must not be told after it as if it still held.
   */
  async #renewIfDue(): Promise<void> {
    const channel = this.#channel;
    if (channel.kind !== "alertmanager") return;
    const { database, renewEveryMs } = this.#parts;
    if (performance.now() - this.#renewedAt < renewEveryMs) return;
    const alerts = await readToldFiring(database.db, channel.name, now().at);
    this.#renewedAt = performance.now();
    if (alerts.length === 0) return;
    const outcome = await renew(channel, alerts, this.#sending());
    if (outcome.tag === "sent" || this.#ending.signal.aborted) return;
    this.#warn("what still holds could not be told again", { reason: outcome.reason });
    await noteChannel(database.db, channel.name, storable(outcome.reason), now().at);
  }

  #wakeIn(ms: number): void {
    if (this.#timer) clearTimeout(this.#timer);
    if (this.#retired) return;
    this.#timer = setTimeout(() => this.wake(), Math.min(Math.max(ms, 1), longestWaitMs));
  }

  #warn(message: string, fields: Record<string, unknown>): void {
    this.#parts.log.warn(message, { channel: this.#channel.name, ...fields });
  }
}
