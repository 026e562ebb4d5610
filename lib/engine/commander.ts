import type { Sql } from "@/db/open";
import { type ClaimedCommand, claimCommands, pickUpWithinMs, readTaken } from "@/db/write/claim-commands";
import { now } from "../clock";
import { check } from "../machine/decide";
import { service } from "../machine/kinds/service";
import type { Move } from "../machine/observation";
import type { OperatorEvent } from "../machine/types";
import type { Platform } from "../platforms/contract";
import { type CommandRow, commandView } from "../wire/command-view";
import { type CommandLife, followMove } from "./command-life";
import type { Logger } from "./logger";
import type { Recorder } from "./recorder";
import { storable } from "./storable";
import type { Track } from "./track";

/** How long a target has to hold before a command counts as proven. */
export const holdMs = 5_000;

const longestMs = { start: 600_000, stop: 120_000, restart: 720_000, reset: 120_000 } as const;

/**
 * What the service manager allows is meant for the process. One that is up has not reached what a start
 * was for where its application still has a way to go.
 */
function deadlineOf({ machine }: Track, event: OperatorEvent, allowedMs: number): number {
  const goesOn = machine.kind !== service.kind && (event === "start" || event === "restart");
  return goesOn ? longestMs[event] : Math.min(allowedMs, longestMs[event]);
}

/** At one look a second: long enough for a slow database to write what was settled. */
const strayLooks = 10;

interface Pending {
  readonly track: Track;
  readonly epoch: number;
  readonly platform: Platform;
  row: CommandRow;
  life: CommandLife;
  timer: NodeJS.Timeout | null;
}

export interface Watched {
  readonly track: Track;
  readonly epoch: number;
  readonly platform: Platform;
}

/** Executes commands once and follows them by what is observed (CONTRACT.md, "A command's life"). */
export class Commander {
  readonly #pending = new Map<number, Pending>();
  readonly #sql: Sql;
  readonly #recorder: Recorder;
  readonly #log: Logger;
  readonly #watched: (serviceId: number) => Watched | undefined;
  readonly #leases: () => readonly { host: string; epoch: number }[];
  readonly #strays = new Map<string, number>();
  #claiming = false;
  #again = false;

  constructor(parts: {
    sql: Sql;
    recorder: Recorder;
    log: Logger;
    watched: (serviceId: number) => Watched | undefined;
    leases: () => readonly { host: string; epoch: number }[];
  }) {
    this.#sql = parts.sql;
    this.#recorder = parts.recorder;
    this.#log = parts.log;
    this.#watched = parts.watched;
    this.#leases = parts.leases;
  }

  /** Somebody may have asked for something: takes what is there. */
  async wake(): Promise<void> {
    this.#again = true;
    if (this.#claiming) return;
    this.#claiming = true;
    try {
      while (this.#again) {
        this.#again = false;
        const claimed = await claimCommands(this.#sql, this.#leases());
        for (const command of claimed) void this.#execute(command);
      }
    } catch (error) {
      this.#log.warn("commands cannot be read now; asked again soon", { error });
    } finally {
      this.#claiming = false;
    }
  }

  /** The service moved: what that means for the command under way. Called in the order of history. */
  onMove(track: Track, move: Move): void {
    const pending = this.#pending.get(track.serviceId);
    if (!pending) return;
    const step = followMove(pending.life, move);
    switch (step.tag) {
      case "waiting":
        return;
      case "failed":
        this.#settle(pending, "failed", step.detail);
        return;
      case "reached":
        this.#reach(pending, step.target, move.at);
        return;
    }
  }

  /** The host has ended its part of a command, and what was asked for can no longer come of it. */
  onFellShort(serviceId: number, commandId: string, reason: string): void {
    const pending = this.#pending.get(serviceId);
    if (pending?.row.id === commandId && pending.life.target === null)
      this.#settle(pending, "failed", reason);
  }

  /** Ends without a verdict: nobody watches any more. */
  close(reason: string): void {
    for (const pending of [...this.#pending.values()]) this.#settle(pending, "unknown", reason);
  }

  /**
   * A command that this engine has taken but does not know (the answer to the taking was lost) would
   * hold its service for ever: it ends as unknown. Looked for in two looks, since what is known to be
   * settled may still be on its way into the database.
   */
  async settleStrays(): Promise<void> {
    try {
      const followed = new Set([...this.#pending.values()].map(({ row }) => row.id));
      const strays = (await readTaken(this.#sql, this.#leases())).filter(({ row }) => !followed.has(row.id));
      for (const stray of strays) {
        const looks = (this.#strays.get(stray.row.id) ?? 0) + 1;
        this.#strays.set(stray.row.id, looks);
        if (looks >= strayLooks)
          this.#abandon(stray, "unknown", "It was taken, but whether it was executed is not known.");
      }
      for (const id of this.#strays.keys())
        if (!strays.some(({ row }) => row.id === id)) this.#strays.delete(id);
    } catch {
      // without a database nothing can be said; asked again with the next tick
    }
  }

  #abandon(
    { host, epoch, serviceId, service, row }: ClaimedCommand,
    status: CommandRow["status"],
    detail: string,
  ): void {
    const settled = { ...row, status, settledAt: now().at, detail };
    this.#recorder.push(host, epoch, {
      tag: "command",
      serviceId,
      row: settled,
      view: commandView(settled, service),
    });
  }

  async #execute(command: ClaimedCommand): Promise<void> {
    const { serviceId, row } = command;
    const watched = this.#watched(serviceId);
    if (!watched)
      return this.#abandon(command, "failed", "The service is not watched now; nothing was done.");
    const { track, epoch, platform } = watched;
    this.#releaseHeld(serviceId);
    const pending: Pending = {
      track,
      epoch,
      platform,
      row,
      life: { machine: track.machine, event: row.event, target: null },
      timer: null,
    };
    this.#pending.set(serviceId, pending);
    // That it was taken is told while it is carried out, not before.
    this.#write(pending);
    const late = now().at - row.requestedAt > pickUpWithinMs * 1000;
    const refusal = check(
      track.machine,
      { state: track.state, contact: { status: "live" }, holder: null },
      row.event,
    );
    if (late)
      return this.#settle(pending, "failed", "Nobody was there to execute it in time; nothing was done.");
    if (refusal)
      return this.#settle(pending, "failed", `The service moved on; nothing was done. ${refusal.reason}`);
    try {
      const result = await platform.act(track.name, row.event, { actor: row.actor, commandId: row.id });
      if (result.tag === "refused") return this.#settle(pending, "failed", result.reason);
      this.#want(track, epoch, row.event === "start" || row.event === "restart");
      if (pending.life.target === null && this.#pending.get(serviceId) === pending)
        this.#startDeadline(pending, deadlineOf(track, row.event, result.deadlineMs), result.unclear);
    } catch (error) {
      this.#log.warn("a command could not be handed to the platform", { service: track.id, error });
      this.#settle(pending, "failed", "It could not be handed to the host; the log has the reason.");
    }
  }

  /** A new command ends the hold of the one before; one that was under way has been called off by it. */
  #releaseHeld(serviceId: number): void {
    const held = this.#pending.get(serviceId);
    if (held?.timer) clearTimeout(held.timer);
    if (held?.row.reachedAt) {
      const seconds = ((now().at - held.row.reachedAt) / 1_000_000).toFixed(1);
      this.#settle(held, "proven", `${held.life.target} held for ${seconds} s, until the next command.`);
    }
  }

  #want(track: Track, epoch: number, wanted: boolean): void {
    if (track.wanted === wanted) return;
    track.wanted = wanted;
    this.#recorder.push(track.host, epoch, { tag: "wanted", serviceId: track.serviceId, wanted });
  }

  #startDeadline(pending: Pending, deadlineMs: number, unclear: string | undefined): void {
    pending.timer = setTimeout(() => {
      const detail = `${pending.track.state} after ${Math.round(deadlineMs / 1000)} s; the target was not reached in time.`;
      if (unclear === undefined) this.#settle(pending, "timed-out", detail);
      else this.#settle(pending, "unknown", `${detail} ${unclear}`);
    }, deadlineMs);
  }

  #reach(pending: Pending, target: string, at: number): void {
    if (pending.timer) clearTimeout(pending.timer);
    pending.life = { ...pending.life, target };
    pending.row = { ...pending.row, reachedAt: at };
    this.#write(pending);
    pending.timer = setTimeout(() => void this.#prove(pending, target), holdMs);
  }

  /** No move away from the target was told; whether that is all there is to it, the platform knows. */
  async #prove(pending: Pending, target: string): Promise<void> {
    const { platform, track, row } = pending;
    try {
      const objection = (await platform.objection?.(track.name, row.event)) ?? null;
      if (objection !== null) return this.#settle(pending, "failed", objection);
    } catch (error) {
      this.#log.info("whether a command has held could not be asked", { service: track.id, error });
      const lost = `${target} was reached; whether it held is not known, for the host could not be asked.`;
      return this.#settle(pending, "unknown", lost);
    }
    this.#settle(pending, "proven", `${target} was reached and held for ${holdMs / 1000} s.`);
  }

  #settle(pending: Pending, status: CommandRow["status"], detail: string): void {
    if (this.#pending.get(pending.track.serviceId) !== pending) return;
    if (pending.timer) clearTimeout(pending.timer);
    this.#pending.delete(pending.track.serviceId);
    pending.row = { ...pending.row, status, settledAt: now().at, detail: storable(detail) };
    this.#write(pending);
  }

  #write({ track, epoch, row }: Pending): void {
    this.#recorder.push(track.host, epoch, {
      tag: "command",
      serviceId: track.serviceId,
      row,
      view: commandView(row, track.id),
    });
  }
}
