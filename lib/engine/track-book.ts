import type { Database } from "@/db/open";
import { readTracks } from "@/db/read/tracks";
import { machineOfKind } from "../machine/kinds/machine-of-kind";
import type { LastKnown } from "../platforms/contract";
import type { Track } from "./track";

/** What the engine holds of each service of one host, by its name. */
export class TrackBook {
  readonly #database: Database;
  readonly #host: string;
  readonly #tracks = new Map<string, Track>();

  constructor(database: Database, host: string) {
    this.#database = database;
    this.#host = host;
  }

  all(): Iterable<Track> {
    return this.#tracks.values();
  }

  of(name: string): Track | undefined {
    return this.#tracks.get(name);
  }

  /** Takes over what the database now says the host's services are; see `dropExcept` for those that left. */
  async load(): Promise<void> {
    for (const { sourceKeys, ...row } of await readTracks(this.#database, this.#host)) {
      const known = this.#tracks.get(row.name);
      const id = `${this.#host}/${row.name}`;
      const machine = machineOfKind(row.kind);
      if (!machine) throw new Error(`${id} follows the unknown kind ${row.kind}`);
      // What is in memory is ahead of the database; only the machine can have been changed.
      if (known) known.machine = machine;
      else {
        const keys = new Set(sourceKeys.reverse());
        this.#tracks.set(row.name, { ...row, host: this.#host, id, machine, keys });
      }
    }
  }

  /** Forgets services that left the configuration, once the platform has said its last word on them. */
  dropExcept(names: ReadonlySet<string>): void {
    for (const name of this.#tracks.keys()) if (!names.has(name)) this.#tracks.delete(name);
  }

  /** What is known of each service, for a platform that begins to look. */
  lastKnown(): LastKnown[] {
    return [...this.#tracks.values()].map((track) => ({
      service: track.name,
      state: track.state,
      since: track.since,
      sourceKeys: track.keys,
      wanted: track.wanted ?? false,
      decided: track.wanted !== null,
    }));
  }

  /** When a service last moved; 0 if none ever did. */
  get newest(): number {
    return Math.max(0, ...[...this.#tracks.values()].map(({ since }) => since ?? 0));
  }
}
