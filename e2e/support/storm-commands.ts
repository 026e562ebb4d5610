import { setTimeout as sleep } from "node:timers/promises";
import type { Command } from "../../lib/wire/service";
import type { Api } from "./api";

const events = ["start", "start", "start", "restart", "restart", "stop", "reset"] as const;

/** Asks for something at random all the time, of whoever answers; being refused is part of it. */
export class RandomCommands {
  /** By answer: the HTTP status, or `nobody` where none came. */
  readonly answers = new Map<string, number>();
  #ended = false;
  readonly #done: Promise<void>;

  constructor(api: () => Api, services: readonly string[], everyMs = 50) {
    this.#done = this.#run(api, services, everyMs);
  }

  async end(): Promise<void> {
    this.#ended = true;
    await this.#done;
  }

  async #run(api: () => Api, services: readonly string[], everyMs: number): Promise<void> {
    while (!this.#ended) {
      const service = services[Math.floor(Math.random() * services.length)] ?? "";
      const event: Command["event"] = events[Math.floor(Math.random() * events.length)] ?? "start";
      const answer = await api()
        .command(service, event)
        .then(
          ({ status }) => String(status),
          () => "nobody",
        );
      this.answers.set(answer, (this.answers.get(answer) ?? 0) + 1);
      await sleep(everyMs * 2 * Math.random());
    }
  }
}
