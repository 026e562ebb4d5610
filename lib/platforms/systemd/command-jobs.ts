import type { OperatorEvent } from "../../machine/types";
import { endedShort } from "./ended-short";
import type { UnitWatch } from "./unit-watch";

/** A job's end and the state that it led to are told within a few milliseconds of each other. */
const sequelMs = 300;

interface CommandJob {
  readonly watch: UnitWatch;
  readonly event: OperatorEvent;
  readonly commandId: string;
}

/** The jobs that commands have become, until it is known whether each brought its unit where it should. */
export class CommandJobs {
  readonly #jobs = new Map<number, CommandJob>();
  readonly #timers = new Set<NodeJS.Timeout>();
  readonly #onShort: (watch: UnitWatch, commandId: string, reason: string) => void;

  /** @param onShort told of those whose job has ended short of what was asked for, with why. */
  constructor(onShort: (watch: UnitWatch, commandId: string, reason: string) => void) {
    this.#onShort = onShort;
  }

  add(job: number, command: CommandJob): void {
    this.#jobs.set(job, command);
  }

  onRemoved(job: number, result: string): void {
    const ours = this.#jobs.get(job);
    if (ours === undefined) return;
    this.#jobs.delete(job);
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      const reason = endedShort(ours.event, result, ours.watch.properties);
      if (reason !== null) this.#onShort(ours.watch, ours.commandId, reason);
    }, sequelMs);
    this.#timers.add(timer);
  }

  end(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#jobs.clear();
  }
}
