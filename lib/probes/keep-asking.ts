import { setMaxListeners } from "node:events";
import { spanInWords } from "../clock";
import { firstPause, ordinaryPause, quickPause, soon } from "./asking-pace";
import type { Asked, Asking, Probe } from "./contract";

export interface AskingFor<Answer> {
  /** Whether there is anybody to ask now. */
  readonly isWanted: () => boolean;
  /** Whether an answer is awaited: then it is asked in quick succession. */
  readonly isAwaited: () => boolean;
  /** @param failures how many times in a row it has failed, this time included; 0 for an answer. */
  readonly onAsked: (asked: Asked<Answer>, failures: number) => void;
}

export interface KeptAsking {
  /** What is wanted or awaited has changed: it is asked soon, or not any more. */
  wake(): void;
  /** Whom it asked is gone: what it still answers is not told, and failures count anew. `wake` goes on. */
  forget(): void;
  /** Ends it: nothing is told after that. The probe itself is not closed. */
  close(): void;
}

/**
 * Asks for as long as it is wanted: every `everyMs` (a tenth more or less, the first time spread), and
 * while an answer is awaited after 250 ms, doubling. A question that does not come back within its time
 * counts as failed; a probe that hangs is not asked anew while it does, and not waited for for ever. An
 * answer that comes when it is not wanted any more is not told. No probe waits for another.
 */
export function keepAsking<Answer>(
  probe: Probe<Answer>,
  asking: Asking,
  wishes: AskingFor<Answer>,
): KeptAsking {
  return new Asker(probe, asking, wishes);
}

/** So much later a probe may still come back by itself, with what it has learnt within its time. */
const graceMs = 250;
/** So many times it is found hanging before it is asked anew all the same. */
const patience = 3;

interface Question {
  readonly aborter: AbortController;
  readonly startedAt: number;
  /** Ends the wait for it; undefined: nobody waits for it any more. */
  limit: NodeJS.Timeout | undefined;
  foundHanging: number;
}

class Asker<Answer> implements KeptAsking {
  readonly #probe: Probe<Answer>;
  readonly #asking: Asking;
  readonly #wishes: AskingFor<Answer>;
  #isClosed = false;
  /** Until the next question; undefined: none is planned. */
  #timer: NodeJS.Timeout | undefined;
  /** Asked and not come back; it may have been given up. */
  #question: Question | null = null;
  #failures = 0;
  /** The last pause of a quick succession; null: there is none. */
  #quickMs: number | null = null;

  constructor(probe: Probe<Answer>, asking: Asking, wishes: AskingFor<Answer>) {
    this.#probe = probe;
    this.#asking = asking;
    this.#wishes = wishes;
    if (wishes.isWanted()) this.#plan(wishes.isAwaited() ? soon(asking) : firstPause(asking));
  }

  wake(): void {
    if (this.#isClosed) return;
    const isAwaited = this.#wishes.isAwaited();
    const isIdle = this.#timer === undefined && this.#question?.limit === undefined;
    if (!this.#wishes.isWanted()) this.#rest();
    else if (isIdle) this.#plan(isAwaited ? soon(this.#asking) : firstPause(this.#asking));
    else if (isAwaited && this.#timer !== undefined && this.#quickMs === null) this.#planQuick();
  }

  forget(): void {
    this.#rest();
  }

  close(): void {
    this.#isClosed = true;
    this.#rest();
  }

  #rest(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#failures = 0;
    this.#quickMs = null;
    const question = this.#question;
    this.#question = null;
    if (question === null) return;
    clearTimeout(question.limit);
    question.aborter.abort(new Error("it is not wanted any more"));
  }

  #planQuick(): void {
    this.#quickMs = quickPause(this.#quickMs, this.#asking);
    this.#plan(this.#quickMs);
  }

  #plan(pauseMs: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#ask();
    }, pauseMs);
  }

  #ask(): void {
    const hanging = this.#question;
    if (!this.#wishes.isWanted()) this.#rest();
    else if (hanging !== null && ++hanging.foundHanging < patience) this.#take(this.#silence(), 0);
    else this.#askAnew();
  }

  #askAnew(): void {
    const { timeoutMs } = this.#asking;
    const aborter = new AbortController();
    // A probe may ask a dozen things at once, and each listens: that is no leak.
    setMaxListeners(0, aborter.signal);
    const question: Question = {
      aborter,
      startedAt: performance.now(),
      limit: setTimeout(() => this.#giveUp(question), timeoutMs + graceMs),
      foundHanging: 0,
    };
    this.#question = question;
    askSafely(this.#probe, question.aborter.signal).then(
      (asked) => this.#onBack(question, asked),
      (error: Error) => this.#onBack(question, { tag: "failed", failure: "unreachable", why: error.message }),
    );
  }

  #onBack(question: Question, asked: Asked<Answer>): void {
    if (this.#question !== question) return;
    this.#question = null;
    // Given up before: its failure is told, and the next question planned.
    if (question.limit === undefined) return;
    clearTimeout(question.limit);
    this.#take(asked, performance.now() - question.startedAt);
  }

  #giveUp(question: Question): void {
    question.limit = undefined;
    question.aborter.abort(new Error("it took too long"));
    this.#take(this.#silence(), performance.now() - question.startedAt);
  }

  #silence(): Asked<Answer> {
    const why = `no answer within ${spanInWords(this.#asking.timeoutMs)}`;
    return { tag: "failed", failure: "silent", why };
  }

  #take(asked: Asked<Answer>, tookMs: number): void {
    this.#failures = asked.tag === "failed" ? this.#failures + 1 : 0;
    this.#wishes.onAsked(asked, this.#failures);
    // Whoever was told may have closed or woken it.
    if (this.#isClosed || this.#timer !== undefined) return;
    if (this.#wishes.isWanted()) this.#planNext(tookMs);
    else this.#rest();
  }

  #planNext(tookMs: number): void {
    const isAwaited = this.#wishes.isAwaited();
    if (!isAwaited) this.#quickMs = null;
    if (isAwaited && (this.#quickMs ?? 0) < this.#asking.everyMs) this.#planQuick();
    else this.#plan(ordinaryPause(this.#asking, tookMs));
  }
}

/** A probe that throws instead of rejecting is no reason to stop. */
async function askSafely<Answer>(probe: Probe<Answer>, signal: AbortSignal): Promise<Asked<Answer>> {
  return await probe.ask(signal);
}
