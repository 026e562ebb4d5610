import { Gauge, Histogram } from "prom-client";
import { declared, ProcessFigures } from "../metrics/process-figures";
import { publish } from "../metrics/published";

/** What an engine tells of itself beside its process: how far behind it is, and how fast it records. */
export class EngineFigures {
  readonly #process = new ProcessFigures();
  readonly #changeToDatabase: Histogram;

  /** @param backlog how many entries are not yet handed to the database. */
  constructor(backlog: () => number) {
    const { registry } = this.#process;
    this.#changeToDatabase = new Histogram({
      ...declared("signalbox_change_to_database_seconds", registry),
      buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300],
    });
    new Gauge({
      ...declared("signalbox_recorder_backlog", registry),
      collect() {
        this.set(backlog());
      },
    });
  }

  /** A change was committed, so long after it was told to the recorder. */
  committed(afterMs: number): void {
    this.#changeToDatabase.observe(afterMs / 1000);
  }

  read(): ReturnType<typeof publish> {
    return publish(this.#process.registry);
  }

  close(): void {
    this.#process.close();
  }
}
