import type { Cause, Observation } from "../../../machine/observation";
import type { Micros } from "../../../machine/types";
import { instantKey, type JournalEntry, moveKey } from "../unit-facts";
import { type Boot, bootOf } from "./boots";
import { evidenceOf } from "./entry-evidence";
import type { FoundClue } from "./journal-causes";
import { type JournalWord, readWord } from "./journal-word";
import type { RecoveryWish } from "./recover";

/** systemd undoes and redoes within milliseconds; what is older than this and has no sequel stays. */
const undecidedUs = 250_000;
const rememberedClues = 8;

/** A start that was given, and what has become of it so far. */
export interface Start {
  readonly cause: Cause;
  /** "Started" was read, and the service has not held long enough yet. */
  readonly unsettled: { readonly entry: JournalEntry; readonly outcome: string } | null;
  /** It said that it was ready, or held. */
  readonly up: boolean;
  /** "Starting" was read: the unit passed through `activating`. */
  readonly activating: boolean;
}

/** A stop that a job brought about. */
export interface Stop {
  readonly purpose: "stop" | "restart";
  readonly cause: Cause;
}

interface Telling {
  readonly cause: Cause;
  /** `null`: how it came about was not seen. Absent: the edge that the machine has. */
  readonly event?: string | null;
  readonly inferred?: boolean;
  /** Of a start that was refused: it made no invocation, so the old one starts and fails once more. */
  readonly refused?: boolean;
  readonly clues?: readonly FoundClue[];
}

/** One walk over a unit's entries: where it is, what it remembers, and what it has told. */
export class Walk {
  readonly wish: RecoveryWish;
  readonly told: Observation[] = [];
  state: string | null;
  /** The newest invocation that an entry named. */
  invocation = "";
  boot: Boot | undefined;
  /** The state in which the host's earlier life left the unit, until it moves again. */
  leftIn: string | null = null;
  start: Start | null = null;
  stop: Stop | null = null;
  /** The end of a stop that waits for the job to be done. */
  success: JournalEntry | null = null;
  scheduled: { readonly attempt: number | null } | null = null;
  /** A restart job has taken down what was waiting to be restarted automatically. */
  restartJob = false;
  clues: readonly FoundClue[] = [];
  readonly #entries: readonly JournalEntry[];
  readonly #words: readonly JournalWord[];
  #index = 0;
  #begunInView = false;
  readonly #entered = new Map<string, number>();

  constructor(entries: readonly JournalEntry[], wish: RecoveryWish) {
    this.wish = wish;
    this.state = wish.state;
    this.#entries = entries;
    this.#words = entries.map(readWord);
  }

  /** The entries with what they say. Before each, what had to hold until then is told. */
  *steps(): Generator<readonly [JournalEntry, JournalWord]> {
    for (const [index, entry] of this.#entries.entries()) {
      this.#index = index;
      this.#enterBoot(entry);
      this.#settle(entry.at);
      yield [entry, this.#words[index] ?? { tag: "other" }];
    }
    this.#settle(this.wish.untilUs);
  }

  /** The entries of the same life of the host that come after the present one. */
  *ahead(): Generator<readonly [JournalEntry, JournalWord]> {
    for (let index = this.#index + 1; index < this.#entries.length; index++) {
      const entry = this.#entries[index];
      if (entry === undefined || bootOf(this.wish.boots, entry) !== this.boot) return;
      yield [entry, this.#words[index] ?? { tag: "other" }];
    }
  }

  /** Whether what comes next is known, or can no longer come in the same breath. */
  isDecided(entry: JournalEntry): boolean {
    return this.#index < this.#entries.length - 1 || this.wish.untilUs - entry.at >= undecidedUs;
  }

  /** What is read from here on belongs to this invocation. */
  enter(invocation: string): void {
    if (invocation === "" || invocation === this.invocation) return;
    const { tag } = this.#words[this.#index] ?? { tag: "other" };
    this.#begunInView = this.invocation !== "" || tag === "starting" || tag === "started";
    this.invocation = invocation;
    this.#entered.clear();
  }

  keepClue(found: FoundClue): void {
    this.clues = [...this.clues, found].slice(-rememberedClues);
  }

  /** Tells that the unit is in `state` since `entry`; nothing where it was in it before. */
  tell(state: string, entry: JournalEntry, telling: Telling): void {
    if (state === this.state) return;
    const { cause, event, inferred, refused = false, clues = [] } = telling;
    const unseen = event === undefined && this.leftIn !== null && this.leftIn !== "Stopped";
    this.told.push({
      state,
      at: entry.at,
      observedAt: this.wish.observedAt,
      bootId: entry.bootId,
      monotonic: entry.monotonic,
      ...(unseen ? { event: null } : event === undefined ? {} : { event }),
      cause,
      evidence: evidenceOf(entry, clues),
      source: "journal",
      sourceKey: this.#keyOf(state, entry, refused),
      ...(inferred ? { inferred } : {}),
    });
    this.state = state;
    this.leftIn = null;
  }

  #keyOf(state: string, entry: JournalEntry, refused: boolean): string {
    const { invocation } = this;
    if (invocation === "" || entry.invocation === "") return instantKey(entry.bootId, state, entry.at);
    const before =
      this.#entered.get(state) ?? (refused && !this.#begunInView ? this.#knownToEnter(state) : 0);
    this.#entered.set(state, before + 1);
    return moveKey(invocation, state, before + 1);
  }

  /** How often this invocation had entered the state before the first entry that is at hand. */
  #knownToEnter(state: string): number {
    const { known } = this.wish;
    let count = 0;
    while (known?.has(moveKey(this.invocation, state, count + 1))) count += 1;
    return count;
  }

  #enterBoot(entry: JournalEntry): void {
    const boot = bootOf(this.wish.boots, entry);
    const before = this.boot;
    this.boot = boot;
    if (before === undefined || boot === undefined || boot === before) return;
    this.#settle(before.until);
    this.leftIn = this.state;
    this.start = null;
    this.stop = null;
    this.success = null;
    this.scheduled = null;
    this.restartJob = false;
    this.clues = [];
  }

  #settle(now: Micros): void {
    const { start } = this;
    if (start?.unsettled && now - start.unsettled.entry.at >= this.wish.settleUs)
      this.comeUp(start.unsettled);
  }

  /** It is up since `entry`; whether that is Running only the application may say. */
  comeUp({ entry, outcome }: { readonly entry: JournalEntry; readonly outcome: string }): void {
    const { start } = this;
    if (start === null) return;
    this.start = { ...start, unsettled: null, up: true };
    const cause: Cause = { ...start.cause, detail: `${start.cause.detail}: ${outcome}` };
    if (!this.wish.application) this.tell("Running", entry, { cause });
  }
}
