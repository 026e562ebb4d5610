import type { Instant } from "../../clock";
import type { OperatorEvent } from "../../machine/types";
import type { ActionContext, ActResult, CloseReason, LastKnown } from "../contract";
import { nextRestart, type OwnEnd } from "./backoff";
import { slackMs, startDeadlineMs, stopDeadlineMs } from "./deadlines";
import { LeftOverEnding } from "./end-left-overs";
import type { FactBody, NotEnded, Trigger } from "./facts";
import { Family } from "./family";
import { forget, type Household, surroundingsOf } from "./household";
import { newInvocation } from "./invocation";
import type { Found } from "./left-overs";
import { Life, type LifeEnd } from "./life";
import type { ProcessState } from "./memory";
import type { ProcessSpec } from "./process-spec";
import { readProcess } from "./process-table";
import { Teller } from "./teller";
import { after } from "./timers";
import { refusalWhile } from "./words";

/** Looks after one service: one life at a time, its restarts, and what it is asked to do. */
export class Supervisor {
  /** In force from the next start on. */
  spec: ProcessSpec;
  /** At the first look: it was last stopped for having left the configuration. */
  wasUnconfigured = false;
  readonly #house: Household;
  readonly #teller: Teller;
  #invocation = newInvocation();
  #life: Life | null = null;
  #leftOvers: LeftOverEnding | null = null;
  /** What is to be done when what still runs of the last life has ended. */
  #next: { readonly starts: boolean; readonly act: () => void } | null = null;
  /** What could not be ended of an earlier life. */
  #notEnded: NotEnded[] = [];
  #cancelRestart: (() => void) | null = null;
  #failures = 0;
  #ended: CloseReason | null = null;

  constructor(spec: ProcessSpec, house: Household) {
    this.spec = spec;
    this.#house = house;
    this.#teller = new Teller(spec.name, house.stateFolder, house);
  }

  get state(): ProcessState | null {
    return this.#teller.state;
  }

  /** Whether a process of it may be writing its log. */
  get alive(): boolean {
    return this.#life !== null;
  }

  /** Everything that runs of it, an earlier run's left-overs included. */
  get family(): Family {
    return this.#life?.family ?? new Family(null, this.#house.markPrefix + this.spec.name);
  }

  /** It is to start, and waits for what still has to end of it. */
  get startPending(): boolean {
    return this.#next?.starts ?? false;
  }

  /** Tells what was found of it at the first look, and goes on to end what an earlier run left of it. */
  look(last: LastKnown | undefined, found: Found | undefined): void {
    const { name, probe, oneshot, stopTimeoutMs } = this.spec;
    this.wasUnconfigured = this.#teller.wasUnconfigured();
    const tell = this.#tellAs(this.#invocation);
    tell({ tag: "opened", state: last?.state ?? null, probed: probe !== null && !oneshot });
    if (found === undefined || found.processes.length === 0) {
      tell({ tag: "found-nothing", rebooted: found?.rebooted ?? false });
      forget(this.#house, name);
    } else {
      const limits = { limitMs: stopTimeoutMs, patienceMs: this.#house.killPatienceMs };
      this.#leftOvers = new LeftOverEnding(found, limits, tell, this.#house.warn);
      void this.#leftOvers.over.then((notEnded) => this.#afterLeftOvers(notEnded));
    }
  }

  /** Starts it, unless it runs, as soon as nothing is left of what ran before. */
  startWhenClear(trigger: Trigger): void {
    this.#whenClear(true, () => this.start(trigger));
  }

  /** Starts it, unless it runs. */
  start(trigger: Trigger): void {
    if (this.#ended !== null || this.#life !== null) return;
    this.#takeBackRestart();
    this.#invocation = newInvocation();
    const tell = this.#tellAs(this.#invocation);
    this.#life = new Life(surroundingsOf(this.#house, this.spec, this.#invocation, tell), trigger);
    void this.#life.over.then((end) => this.#afterLife(end));
  }

  act(event: OperatorEvent, { actor, commandId }: ActionContext): ActResult {
    const trigger: Trigger = { tag: "operator", actor, commandId };
    const { state } = this;
    if (this.#ended !== null) return { tag: "refused", reason: refusalWhile(this.#ended) };
    switch (event) {
      case "start":
        if (state === "Stopped") return this.#startByHand(trigger);
        break;
      case "stop":
        if (state === "Starting" || state === "Running") return this.#ask("stop", trigger);
        if (state === "Error" && this.#cancelRestart !== null) return this.#dropRestart(trigger);
        break;
      case "restart":
        if (state === "Running") return this.#ask("restart", trigger);
        if (state === "Error") return this.#startByHand(trigger);
        break;
      case "reset":
        if (state === "Error") return this.#resetByHand(trigger);
        break;
    }
    return { tag: "refused", reason: `it is ${state ?? "not known"} now` };
  }

  /** Ends it for good. Resolves when nothing of it runs, which SIGKILL sees to after `limitMs`. */
  async end(trigger: Trigger, limitMs: number): Promise<void> {
    const purpose = trigger.tag === "signalbox-ending" ? "signalbox-ending" : "stop";
    const own = this.spec.stopTimeoutMs;
    this.#ended = trigger.tag === "unconfigured" ? "unconfigured" : "ending";
    this.#next = null;
    this.#house.moved();
    if (this.#cancelRestart !== null) this.#dropRestart(trigger);
    this.#leftOvers?.hurry(Math.min(own, limitMs));
    this.#life?.ask({ purpose, trigger, limitMs: Math.min(own, limitMs), hurried: limitMs < own });
    await Promise.all([this.#life?.over, this.#leftOvers?.over]);
  }

  #startByHand(trigger: Trigger): ActResult {
    const refusal = this.#stillThere();
    if (refusal !== null) return refusal;
    this.#failures = 0;
    this.startWhenClear(trigger);
    return { tag: "taken", deadlineMs: startDeadlineMs(this.spec) };
  }

  #resetByHand(trigger: Trigger): ActResult {
    const refusal = this.#stillThere();
    if (refusal !== null) return refusal;
    this.#failures = 0;
    this.#whenClear(false, () => {
      this.#takeBackRestart();
      this.#tellAs(this.#invocation)({ tag: "reset", trigger });
    });
    return { tag: "taken", deadlineMs: stopDeadlineMs(this.spec) };
  }

  #ask(purpose: "stop" | "restart", trigger: Trigger): ActResult {
    if (this.#life === null) return { tag: "refused", reason: "what an earlier run left is being ended" };
    this.#failures = 0;
    this.#life.ask({ purpose, trigger, limitMs: this.spec.stopTimeoutMs, hurried: false });
    return {
      tag: "taken",
      deadlineMs: stopDeadlineMs(this.spec) + (purpose === "restart" ? startDeadlineMs(this.spec) : 0),
    };
  }

  #dropRestart(trigger: Trigger): ActResult {
    this.#takeBackRestart();
    this.#tellAs(this.#invocation)({ tag: "restart-cancelled", trigger });
    return { tag: "taken", deadlineMs: slackMs };
  }

  #whenClear(starts: boolean, act: () => void): void {
    if (this.#life === null && this.#leftOvers === null) act();
    else this.#next = { starts, act };
  }

  #takeNext(): (() => void) | null {
    const next = this.#next;
    this.#next = null;
    return next?.act ?? null;
  }

  /** Two of a service at once would be worse than none. */
  #stillThere(): ActResult | null {
    this.#notEnded = this.#notEnded.filter(({ pid, startTime }) => readProcess(pid)?.startTime === startTime);
    if (this.#notEnded.length === 0) return null;
    const names = this.#notEnded.map(({ pid, command }) => `process ${pid} (${command})`).join(", ");
    return {
      tag: "refused",
      reason: `${names} of it still runs and could not be ended; end it by hand first`,
    };
  }

  #afterLeftOvers(notEnded: NotEnded[]): void {
    this.#leftOvers = null;
    this.#notEnded = notEnded;
    const next = this.#takeNext();
    if (notEnded.length === 0) {
      forget(this.#house, this.spec.name);
      next?.();
    }
    this.#house.moved();
  }

  #takeBackRestart(): void {
    this.#cancelRestart?.();
    this.#cancelRestart = null;
  }

  #afterLife(end: LifeEnd): void {
    this.#life = null;
    const next = this.#takeNext();
    if (end.tag === "given-up") {
      this.#notEnded = end.notEnded;
      this.#house.moved();
      return;
    }
    if (this.#ended !== null) return;
    if (next !== null) next();
    else if (end.tag === "by-itself") this.#restartLater(end);
    else if (end.purpose === "restart" && this.state === "Restarting") this.start(end.trigger);
    // A restart whose stop failed: it was to be up, so it is a failure like others.
    else if (end.purpose === "restart") this.#restartLater({ failed: true, runningMs: 0 });
  }

  #restartLater(end: OwnEnd): void {
    const tell = this.#tellAs(this.#invocation);
    const { restart, oneshot } = this.spec;
    const next = nextRestart(restart, oneshot, this.#failures, end);
    switch (next.tag) {
      case "none":
        return;
      case "given-up":
        this.#failures = 0;
        tell({ tag: "restart-given-up", attempts: next.attempts });
        return;
      case "in": {
        const { inMs, attempt, failures } = next;
        const { max } = restart;
        this.#failures = failures;
        tell({ tag: "restart-scheduled", inMs, attempt, max });
        this.#cancelRestart = after(inMs, () => this.start({ tag: "automatic-restart", attempt, max }));
      }
    }
  }

  #tellAs(invocation: string): (body: FactBody, instant?: Instant) => void {
    return (body, instant) => this.#teller.tell(invocation, body, instant);
  }
}
