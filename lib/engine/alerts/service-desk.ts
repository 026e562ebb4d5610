import type { DeskRow } from "@/db/read/alert-desk";
import type { ThrashMark } from "@/db/schema";
import type { RecordedMove } from "@/db/write/batch";
import type { Alerts } from "../../config/fleet";
import type { FailedCommand, ServicePicture } from "../../insight/rules/picture";
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
import type { Told } from "../../probes/contract";
import type { Application } from "../../wire/application";
import type { Health } from "../../wire/service";
import { ApplicationDesk } from "./application-desk";
import type { CommandWindow } from "./command-window";
import type { Firing } from "./firing";
import type { Moment } from "./moment";
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
  /** The configuration calls it a validator. */
  readonly isValidator: boolean;
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
  /** As its platform tells it; its own word goes before. */
  #detailHealth: Health | null;
  readonly #application: ApplicationDesk;
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
    this.#detailHealth = row.health;
    const lastSeen = { ...moment, at: Math.min(moment.at, row.observedUntil ?? moment.at) };
    this.#application = new ApplicationDesk(row.validator);
    this.#application.take(row.told, facts.isValidator, lastSeen);
    this.#application.stop(moment.monotonic);
    const health = row.told?.health ?? row.health;
    if (health) this.#followHealth(health, moment);
  }

  get state(): string | null {
    return this.#state;
  }

  /** What it says of itself; null: nothing of it runs, or nobody asks it. */
  get application(): Application | null {
    return this.#application.told;
  }

  /** By the chain as it said last, else by the configuration. */
  get isValidator(): boolean {
    return this.#application.isValidator ?? this.facts.isValidator;
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

  /** What its platform says of its health. @returns whether rules have reason to look again. */
  takeHealth(health: Health, moment: Moment): boolean {
    this.#detailHealth = health;
    return this.#application.told === null && this.#followHealth(health, moment);
  }

  /** What it says of itself. @returns whether rules have reason to look again. */
  takeTold(told: Told | null, moment: Moment): boolean {
    const hasChanged = this.#application.take(told, this.facts.isValidator, moment);
    const health = told?.health ?? this.#detailHealth;
    return (health !== null && this.#followHealth(health, moment)) || hasChanged;
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
    this.#application.run(moment);
  }

  /** The host is not seen any more. */
  stop(monotonic: number): void {
    this.#stay.stop(monotonic);
    this.#health?.lasts.stop(monotonic);
    this.#application.stop(monotonic);
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
      application: this.#application.picture(moment.monotonic),
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

  /** @returns whether it is another status than before. */
  #followHealth(health: Health, moment: Moment): boolean {
    const isNew = health.status !== this.#health?.told.status;
    const lasts = !isNew && this.#health ? this.#health.lasts : new Stopwatch(moment.at);
    if (isNew) lasts.run(moment, moment.gaps);
    this.#health = { told: health, lasts };
    return isNew;
  }

  /** By the host's own clock, as its moves are. */
  #judge({ at, offsetUs, gaps }: Moment): ThrashVerdict {
    return judgeThrash(this.#record, at + offsetUs, this.facts.alerts.thrash, gaps);
  }
}

function thrashMove({ sourceKey, at, from, to, event, cause }: RecordedMove["move"]): ThrashMove {
  return { key: sourceKey, at, from, to, event, cause: { kind: cause.kind, detail: cause.detail } };
}
