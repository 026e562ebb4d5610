import type { Api } from "./api";

export interface Told<T = unknown> {
  readonly id: string;
  readonly event: string;
  readonly data: T;
}

/** The live feed as a script reads it. */
export class Stream {
  readonly events: Told[] = [];
  /** Resolves when the connection has ended, whoever ended it. */
  ended: Promise<void> = Promise.resolve();
  readonly #controller = new AbortController();
  readonly #onTold: (told: Told) => void;

  private constructor(onTold?: (told: Told) => void) {
    this.#onTold = onTold ?? ((told) => this.events.push(told));
  }

  /** @param onTold takes the events; without it they are kept in `events`. */
  static async open(api: Api, lastEventId?: string, onTold?: (told: Told) => void): Promise<Stream> {
    const stream = new Stream(onTold);
    const answer = await fetch(`${api.address}/api/v1/live`, {
      headers: { cookie: api.cookie, ...(lastEventId ? { "last-event-id": lastEventId } : {}) },
      signal: stream.#controller.signal,
    });
    if (!answer.ok || !answer.body) throw new Error(`the feed answered ${answer.status}`);
    stream.ended = stream.#read(answer.body).catch(() => {
      // closed by the test, or cut
    });
    return stream;
  }

  get lastId(): string {
    return this.events.at(-1)?.id ?? "";
  }

  of<T>(event: string): Told<T>[] {
    return this.events.filter((told) => told.event === event) as Told<T>[];
  }

  close(): void {
    this.#controller.abort();
  }

  async #read(body: ReadableStream<Uint8Array>): Promise<void> {
    let text = "";
    let id = "";
    const decoder = new TextDecoder();
    for await (const chunk of body) {
      text += decoder.decode(chunk, { stream: true });
      for (let end = text.indexOf("\n\n"); end >= 0; end = text.indexOf("\n\n")) {
        const fields = text.slice(0, end).split("\n");
        text = text.slice(end + 2);
        const read = (name: string) =>
          fields
            .filter((line) => line.startsWith(`${name}:`))
            .map((line) => line.slice(name.length + 1).trim());
        id = read("id")[0] ?? id;
        const [event] = read("event");
        if (event) this.#onTold({ id, event, data: JSON.parse(read("data").join("\n")) });
      }
    }
  }
}
