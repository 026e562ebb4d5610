import { setTimeout as sleep } from "node:timers/promises";
import type { Transition } from "../../lib/wire/service";
import type { Api } from "./api";
import { Stream } from "./stream";

/** Follows the live feed as a browser does: over every end of the connection, from the last id on. */
export class Follower {
  /** `id.revision` of every transition that was told, in order. */
  readonly tellings: string[] = [];
  connections = 0;
  readonly #api: Api;
  readonly #closing = new AbortController();
  #lastId = "";
  #stream: Stream | null = null;

  constructor(api: Api) {
    this.#api = api;
    void this.#run();
  }

  close(): void {
    this.#closing.abort();
    this.#stream?.close();
  }

  async #run(): Promise<void> {
    while (!this.#closing.signal.aborted) {
      try {
        this.#stream = await Stream.open(this.#api, this.#lastId, ({ id, event, data }) => {
          if (id !== "" && id !== "0") this.#lastId = id;
          if (event !== "transition") return;
          const transition = data as Transition;
          this.tellings.push(`${transition.id}.${transition.revision}`);
        });
        this.connections += 1;
        await this.#stream.ended;
      } catch {
        // not there at the moment: asked again until it is
      }
      await sleep(200);
    }
  }
}
