import type { DeskRow } from "@/db/read/alert-desk";
import type { ThrashMark } from "@/db/schema";
import type { RecordedMove } from "@/db/write/batch";
import type { Alerts } from "../../config/fleet";
import type { FailedCommand, ServicePicture } from "../../insight/rules/picture";
import type { TimeSpan } from "../../insight/seen-time";
import { judgeThrash, type ThrashVerdict } from "../../insight/thrash/judge";
import {
  addMove,
  recordOf,
  rememberedMoves,
  type ThrashMove,
  type ThrashRecord,
} from "../../insight/thrash/record";
import type { Cause } from "../../machine/observation";
import type { Machine } from "../../machine/types";
import type { Health } from "../../wire/service";
import type { CommandWindow } from "./command-window";
import type { Firing } from "./firing";
import { Stopwatch } from "./stopwatch";

/** What the configuration says of a service, as far as alerts are concerned. */
export interface ServiceFacts {
  readonly serviceId: number;
  /** `host/name` */
  readonly id: string;
  readonly group: string | null;
  readonly tags: readonly string[];
  readonly machine: Machine;
  readonly alerts: Alerts;
}

/** A moment by our clocks, and what is known of the host that it is seen through. */
export interface Moment {
  readonly at: number;
  readonly monotonic: number;
  /** The host's clock minus ours, in µs. */
  readonly offsetUs: number;
  /** When the host was not seen. */
  readonly gaps: readonly TimeSpan[];
}

/** A move that was signalled is not older than this when it is heard, whatever the host's clock says. */
const longestOnTheWayUs = 60_000_000;

/** One service as the alert rules see it, followed by what is told of it. Decides nothing. */
export class ServiceDesk {
  facts: ServiceFacts;
  readonly firing = new Map<string, Firing>();
  window: CommandWindow | null = null;
  failed: FailedCommand | null = null;
  usualMs: number | null = null;
  /** The state for which `usualMs` was asked. */
  usualAskedFor: string | null = null;
  /** What the database says of its thrash; to be changed where the verdict is another one. */
  #mark: ThrashMark | null;
  #state: string | null;
  #since: number;
  #cause: ServicePicture["cause"];
  #key = "";
  #stay: Stopwatch;
  #health: { readonly told: Health; readonly lasts: Stopwatch } | null = null;
  #moves: ThrashMove[];
  #record: ThrashRecord;

  constructor(facts: ServiceFacts, row: DeskRow, moves: readonly ThrashMove[], moment: Moment) {
    this.facts = facts;
    this.#mark = row.thrash;
    this.#state = row.state;
    this.#since = row.since ?? 0;
    this.#cause = row.cause;
    this.#stay = new Stopwatch((row.since ?? 0) - moment.offsetUs);
    this.#moves = [...moves];
    this.#key = moves.at(-1)?.key ?? "";
    this.#record = recordOf(moves);
    if (row.health) this.takeHealth(row.health, moment);
  }

  get state(): string | null {
    return this.#state;
  }

  takeMoves(moves: readonly RecordedMove[], over: boolean, moment: Moment): void {
    for (const { move } of moves) {
      const told = thrashMove(move);
      this.#record = addMove(this.#record, told);
      this.#moves.push(told);
    }
    if (this.#moves.length > 2 * rememberedMoves) this.#moves = this.#moves.slice(-rememberedMoves);
    const last = moves.at(-1)?.move;
    if (!last) return;
    this.#state = last.to;
    this.#since = last.at;
    this.#cause = last.cause;
    this.#key = last.sourceKey;
    this.usualMs = null;
    this.usualAskedFor = null;
    const began = last.at - moment.offsetUs;
    const isTold = !over && last.source !== "snapshot" && last.source !== "journal";
    this.#stay = new Stopwatch(
      Math.min(isTold ? Math.max(began, moment.at - longestOnTheWayUs) : began, moment.at),
    );
    this.#stay.run(moment, moment.gaps);
  }

  /** @returns whether it is another status than before. */
  takeHealth(health: Health, moment: Moment): boolean {
    const isNew = health.status !== this.#health?.told.status;
    const lasts = !isNew && this.#health ? this.#health.lasts : new Stopwatch(moment.at);
    if (isNew) lasts.run(moment, moment.gaps);
    this.#health = { told: health, lasts };
    return isNew;
  }

  /** The cause of a move is known better now. */
  takeCause(sourceKey: string, cause: Cause): void {
    if (sourceKey === this.#key) this.#cause = cause;
    const index = this.#moves.findLastIndex(({ key }) => key === sourceKey);
    const known = this.#moves[index];
    if (!known) return;
    this.#moves[index] = { ...known, cause };
    this.#record = recordOf(this.#moves.slice(-rememberedMoves));
  }

  /** The host is seen: time counts. Called again whenever it becomes known what was not seen. */
  run(moment: Moment): void {
    this.#stay.run(moment, moment.gaps);
    this.#health?.lasts.run(moment, moment.gaps);
  }

  /** The host is not seen any more. */
  stop(monotonic: number): void {
    this.#stay.stop(monotonic);
    this.#health?.lasts.stop(monotonic);
  }

  /** Null until it was first seen. */
  picture(moment: Moment): ServicePicture | null {
    if (this.#state === null) return null;
    const { id, machine, alerts } = this.facts;
    return {
      id,
      machine,
      state: this.#state,
      since: this.#since,
      seenMs: this.#stay.seenUs(moment.monotonic) / 1000,
      cause: this.#cause,
      health: this.#health && {
        status: this.#health.told.status,
        detail: this.#health.told.detail,
        since: this.#health.lasts.since,
        seenMs: this.#health.lasts.seenUs(moment.monotonic) / 1000,
      },
      thrash: this.#judge(moment),
      thrashLimits: alerts.thrash,
      failed: this.failed,
      usualMs: this.usualMs,
      limits: alerts.limits,
    };
  }

  /** What is to be stored of its thrash now; undefined: what is stored is right. */
  newMark({ level, since, why }: ThrashVerdict): ThrashMark | null | undefined {
    const mark = level === "none" || since === null ? null : { level, since, why };
    const before = this.#mark;
    if (mark?.level === before?.level && mark?.since === before?.since && mark?.why === before?.why)
      return undefined;
    this.#mark = mark;
    return mark;
  }

  /** By the host's own clock, as its moves are. */
  #judge({ at, offsetUs, gaps }: Moment): ThrashVerdict {
    return judgeThrash(this.#record, at + offsetUs, this.facts.alerts.thrash, gaps);
  }
}

function thrashMove({ sourceKey, at, from, to, event, cause }: RecordedMove["move"]): ThrashMove {
  return { key: sourceKey, at, from, to, event, cause: { kind: cause.kind, detail: cause.detail } };
}
