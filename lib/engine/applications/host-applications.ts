import { now } from "../../clock";
import type { Observation } from "../../machine/observation";
import type { Micros } from "../../machine/types";
import type { LastKnown, ServiceDetail } from "../../platforms/contract";
import type { Told } from "../../probes/contract";
import type { Health } from "../../wire/service";
import type { Track } from "../track";
import type { AnyApplicationWatch, ApplicationListener } from "./application-watch";

/** An application that somebody can speak for; `watch` makes it, where it is not watched already under this key. */
export interface WantedApplication {
  readonly key: string;
  readonly watch: (listener: ApplicationListener) => AnyApplicationWatch;
}

/** By the service's name. */
export type WantedApplications = ReadonlyMap<string, WantedApplication>;

const notAsked: Health = { status: "unknown", detail: "not asked: nothing of it runs" };

interface Listener {
  readonly tracks: () => Iterable<Track>;
  readonly trackOf: (name: string) => Track | undefined;
  readonly onMove: (track: Track, observation: Observation) => void;
  readonly onTold: (track: Track, told: Told | null) => void;
  readonly onFault: (track: Track, error: Error) => void;
}

/** The applications of one host's services: what their processes do goes through them where they speak. */
export class HostApplications {
  readonly #listener: Listener;
  readonly #watches = new Map<string, AnyApplicationWatch>();
  /** What the platform told last of each process that is up: it tells it once, and no state need hold it. */
  readonly #ups = new Map<string, Observation>();
  /** The host's clock minus ours. */
  clockOffsetUs: Micros = 0;

  constructor(listener: Listener) {
    this.#listener = listener;
  }

  /** Those whose key is another one begin anew. */
  set(wanted: WantedApplications): void {
    for (const [name, watch] of this.#watches) {
      const next = wanted.get(name);
      if (next?.key === watch.key) continue;
      watch.close();
      this.#watches.delete(name);
      const track = this.#listener.trackOf(name);
      if (!track) continue;
      if (next === undefined) this.#listener.onTold(track, null);
      this.#leaveStrangeState(track, watch);
    }
    for (const [name, { watch }] of wanted)
      if (!this.#watches.has(name)) this.#watches.set(name, watch(this.#listenerOf(name)));
    this.#forgetOldWords();
  }

  /** Of whom nobody speaks any more something may be stored, since before this engine began. */
  #forgetOldWords(): void {
    for (const track of this.#listener.tracks()) {
      if (track.isTold && !this.#watches.has(track.name)) this.#listener.onTold(track, null);
      track.isTold = false;
    }
  }

  /** A service of another kind now is in a state that its machine does not have: its process alone is known. */
  #leaveStrangeState(track: Track, watch: AnyApplicationWatch): void {
    const { machine, name, since, state } = track;
    if (state === null || machine.states.some((known) => known.name === state)) return;
    const process = this.#ups.has(name) ? "Running" : watch.processState(state);
    if (process === null) return;
    const seen = now();
    const at = Math.max(seen.at + this.clockOffsetUs, (since ?? 0) + 1);
    const detail = `its kind is ${machine.kind} now, and that knows no ${state}`;
    this.#listener.onMove(track, {
      state: process,
      event: null,
      at,
      observedAt: seen.at,
      bootId: null,
      monotonic: null,
      cause: { kind: "unknown", detail },
      evidence: { before: state },
      source: "snapshot",
      sourceKey: `kind/${at}/${process}`,
    });
  }

  /** The host is seen, and everything until now has been told. */
  live(): void {
    for (const watch of this.#watches.values()) watch.live();
  }

  rest(): void {
    for (const watch of this.#watches.values()) watch.rest();
  }

  close(): void {
    for (const watch of this.#watches.values()) watch.close();
    this.#watches.clear();
    this.#ups.clear();
  }

  /** Takes what the platform observed of the process. False: nobody speaks for the application. */
  onProcess({ name }: Track, observation: Observation): boolean {
    const watch = this.#watches.get(name);
    if (observation.state === "Running") this.#ups.set(name, observation);
    else this.#ups.delete(name);
    watch?.onProcess(observation);
    return watch !== undefined;
  }

  /** What was read back of a service is newer than what was told of its process before. */
  onHistory({ name }: Track): void {
    this.#ups.delete(name);
  }

  /** Whether a glimpse of the process would hide what the application said: it is up, and no more is known. */
  knowBetter({ name }: Track, glimpsed: string): boolean {
    return this.#watches.get(name)?.speaks === true && isUp(glimpsed);
  }

  /** What a platform cannot know of a service's health: that of what does not run nobody is asked. */
  withHealth({ name }: Track, detail: ServiceDetail): ServiceDetail {
    return this.#watches.has(name) ? { ...detail, health: notAsked } : detail;
  }

  /**
   * What is known of the processes, where history holds states of the applications. Since when one is
   * up is not: the application came into its state later.
   */
  ofProcesses(services: readonly LastKnown[]): LastKnown[] {
    return services.map((known) => {
      const watch = this.#watches.get(known.service);
      if (!watch?.speaks) return known;
      const state = watch.processState(known.state);
      return { ...known, state, ...(isUp(state) && { since: null }) };
    });
  }

  #listenerOf(name: string): ApplicationListener {
    const { trackOf, onMove, onTold, onFault } = this.#listener;
    const about = (tell: (track: Track) => void) => {
      const track = trackOf(name);
      if (track) tell(track);
    };
    return {
      standing: () => {
        const { state = null, since = null } = trackOf(name) ?? {};
        return { state, since, up: this.#ups.get(name) ?? null };
      },
      clockOffsetUs: () => this.clockOffsetUs,
      onMove: (observation) => about((track) => onMove(track, observation)),
      onTold: (told) => about((track) => onTold(track, told)),
      onFault: (error) => about((track) => onFault(track, error)),
    };
  }
}

function isUp(process: string | null): boolean {
  return process === "Starting" || process === "Running";
}
