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
  readonly trackOf: (name: string) => Track | undefined;
  readonly onMove: (track: Track, observation: Observation) => void;
  readonly onTold: (track: Track, told: Told | null) => void;
}

/** The applications of one host's services: what their processes do goes through them where they speak. */
export class HostApplications {
  readonly #listener: Listener;
  readonly #watches = new Map<string, AnyApplicationWatch>();
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
      if (track && next === undefined) this.#listener.onTold(track, null);
    }
    for (const [name, { watch }] of wanted)
      if (!this.#watches.has(name)) this.#watches.set(name, watch(this.#listenerOf(name)));
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
  }

  /** Takes what the platform observed of the process. False: nobody speaks for the application. */
  onProcess({ name }: Track, observation: Observation): boolean {
    const watch = this.#watches.get(name);
    watch?.onProcess(observation);
    return watch !== undefined;
  }

  /** Whether a glimpse of the process would hide what the application said: it is up, and no more is known. */
  knowBetter({ name }: Track, glimpsed: string): boolean {
    return this.#watches.get(name)?.speaks === true && (glimpsed === "Starting" || glimpsed === "Running");
  }

  /** What a platform cannot know of a service's health: that of what does not run nobody is asked. */
  withHealth({ name }: Track, detail: ServiceDetail): ServiceDetail {
    return this.#watches.has(name) ? { ...detail, health: notAsked } : detail;
  }

  /** What is known of the processes, where history holds states of the applications. */
  ofProcesses(services: readonly LastKnown[]): LastKnown[] {
    return services.map((known) => {
      const watch = this.#watches.get(known.service);
      return watch ? { ...known, state: watch.processState(known.state) } : known;
    });
  }

  #listenerOf(name: string): ApplicationListener {
    const { trackOf, onMove, onTold } = this.#listener;
    const about = (tell: (track: Track) => void) => {
      const track = trackOf(name);
      if (track) tell(track);
    };
    return {
      standing: () => ({ state: trackOf(name)?.state ?? null, since: trackOf(name)?.since ?? null }),
      clockOffsetUs: () => this.clockOffsetUs,
      onMove: (observation) => about((track) => onMove(track, observation)),
      onTold: (told) => about((track) => onTold(track, told)),
    };
  }
}
