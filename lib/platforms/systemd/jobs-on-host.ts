import type { BusEvent } from "./bus-events";
import type { Session } from "./session";
import type { News } from "./unit-watch";

type Told<T extends BusEvent["tag"]> = Omit<Extract<BusEvent, { tag: T }>, "tag">;

/** The jobs that systemd has for any unit of a host, told to those units. */
export class JobsOnHost {
  readonly #session: Session;
  readonly #tell: (unit: string, news: News) => void;
  readonly #unitOf = new Map<number, string>();

  constructor(session: Session, tell: (unit: string, news: News) => void) {
    this.#session = session;
    this.#tell = tell;
  }

  /** @param isWatched whether anybody wants to know what the job is for. */
  onNew({ job, unit }: Told<"job-new">, isWatched: boolean): void {
    const together = [...this.#unitOf.values()].filter((other) => other !== unit);
    this.#unitOf.set(job, unit);
    this.#tell(unit, { tag: "job-new", job, together });
    if (!isWatched) return;
    void this.#session.jobType(job).then((type) => {
      if (type !== null) this.#tell(unit, { tag: "job", job, type });
    });
  }

  onChanged(event: Extract<BusEvent, { tag: "job" }>): void {
    const unit = this.#unitOf.get(event.job);
    if (unit !== undefined) this.#tell(unit, event);
  }

  onRemoved({ job, unit, result }: Told<"job-removed">): void {
    this.#unitOf.delete(job);
    this.#tell(unit, { tag: "job-removed", job, result });
  }
}
