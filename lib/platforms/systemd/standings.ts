import type { Observation } from "../../machine/observation";
import type { LastKnown, Report } from "../contract";
import type { Standing } from "./contact-parts";

const nothingKnown: Standing = { state: null, since: null, keys: new Set() };

/** What history holds of each service: where the next contact goes on. */
export class Standings {
  readonly #standings = new Map<string, Standing>();

  has(service: string): boolean {
    return this.#standings.has(service);
  }

  of(service: string): Standing {
    return this.#standings.get(service) ?? nothingKnown;
  }

  /** From whoever keeps history; what is known here already is newer. */
  learn(services: readonly LastKnown[]): void {
    for (const { service, state, since, sourceKeys } of services)
      if (!this.#standings.has(service)) this.#standings.set(service, { state, since, keys: sourceKeys });
  }

  /** What is reported becomes history. */
  onReport(report: Report): void {
    if (report.tag === "observation") this.#stand(report.service, report.observation);
    if (report.tag !== "history") return;
    const last = report.observations.at(-1);
    if (last) this.#stand(report.service, last);
  }

  #stand(service: string, { state, at }: Observation): void {
    const { since, keys } = this.of(service);
    this.#standings.set(service, { state, since: Math.max(at, since ?? at), keys });
  }
}
