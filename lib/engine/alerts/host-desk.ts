import type { Alerts } from "../../config/fleet";
import type { HostPicture } from "../../insight/rules/picture";
import type { TimeSpan } from "../../insight/seen-time";
import type { HostFacts } from "../../platforms/contract";
import type { Track } from "../track";
import type { Firing } from "./firing";
import type { Moment } from "./moment";
import type { ServiceDesk } from "./service-desk";
import { Stopwatch } from "./stopwatch";

/** A host that an engine watches, as far as alerts need it. */
export interface WatchedHost {
  readonly host: string;
  readonly epoch: number;
  /** What happens there is seen and recorded. */
  readonly live: boolean;
  /** The times that nobody saw and nothing recovered. */
  readonly gaps: readonly TimeSpan[];
  tracks(): Iterable<Track>;
  /** Notices a pause of this very process before anything is judged. */
  stayAwake(): void;
}

/** One host as the alert rules see it, with its services. */
export class HostDesk {
  readonly watch: WatchedHost;
  readonly services = new Map<number, ServiceDesk>();
  readonly firing = new Map<string, Firing>();
  alerts: Alerts;
  /** What the database knows of it has been read. */
  loaded = false;
  readonly #openedAt: number;
  #offsetUs = 0;
  #isTold = false;
  #lost: { readonly since: number; readonly reason: string; readonly lasts: Stopwatch } | null = null;

  constructor(watch: WatchedHost, alerts: Alerts, openedAt: number) {
    this.watch = watch;
    this.#openedAt = openedAt;
    this.alerts = alerts;
  }

  moment(now: { readonly at: number; readonly monotonic: number }): Moment {
    return { ...now, offsetUs: this.#offsetUs, gaps: this.watch.gaps };
  }

  takeFacts({ clockOffsetMs }: Pick<HostFacts, "clockOffsetMs">): void {
    this.#offsetUs = (clockOffsetMs ?? 0) * 1000;
  }

  /** What is said of the contact; time without it counts as far as this engine was there to miss it. */
  takeContact(
    status: "live" | "lost" | "never",
    at: number,
    reason: string | null,
    now: { readonly at: number; readonly monotonic: number },
  ): void {
    this.#isTold = true;
    if (status === "live") {
      this.#lost = null;
      return;
    }
    const fallback = status === "never" ? "It has not been reached yet." : "It does not answer.";
    const lasts = this.#lost?.lasts ?? new Stopwatch(Math.min(now.at, Math.max(at, this.#openedAt)));
    if (!this.#lost) lasts.run(now, []);
    this.#lost = { since: this.#lost?.since ?? at, reason: reason ?? fallback, lasts };
    for (const desk of this.services.values()) desk.stop(now.monotonic);
  }

  /** Null until anything was said of the contact. */
  picture(monotonic: number): HostPicture | null {
    if (!this.#isTold) return null;
    const { host: id } = this.watch;
    const lost = this.#lost && {
      since: this.#lost.since,
      reason: this.#lost.reason,
      seenMs: this.#lost.lasts.seenUs(monotonic) / 1000,
    };
    return { id, lost, limits: this.alerts.limits };
  }
}
