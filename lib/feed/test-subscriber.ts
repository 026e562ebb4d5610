import type { Database } from "@/db/open";
import type { Hub } from "./hub";
import { subscribe } from "./subscribe";

export interface Received {
  readonly id: number;
  readonly type: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into events of every type
  readonly data: any;
}

/** A reader of the live feed, as a browser is one: it parses events and remembers the last id. */
export class TestSubscriber {
  readonly events: Received[] = [];
  #text = "";
  #reader: ReadableStreamDefaultReader<Uint8Array> | null = null;
  readonly #decoder = new TextDecoder();

  get lastId(): number {
    return this.events.at(-1)?.id ?? 0;
  }

  async open(hub: Hub, database: Database, since: number | null): Promise<void> {
    const response = await subscribe(hub, database, since, new AbortController().signal);
    if (!response.body) throw new Error("the response has no body");
    this.#text = "";
    this.#reader = response.body.getReader();
  }

  /** Reads on until `enough` says so. @returns false when the stream ended before that. */
  async readUntil(enough: (events: readonly Received[]) => boolean): Promise<boolean> {
    while (!enough(this.events)) if (!(await this.readOnce())) return false;
    return true;
  }

  /** Reads one chunk. @returns false when the stream is over. */
  async readOnce(): Promise<boolean> {
    const { value, done } = (await this.#reader?.read()) ?? { value: undefined, done: true };
    if (done || !value) return false;
    this.#text += this.#decoder.decode(value, { stream: true });
    const blocks = this.#text.split("\n\n");
    this.#text = blocks.pop() ?? "";
    for (const block of blocks) this.#parse(block);
    return true;
  }

  async close(): Promise<void> {
    await this.#reader?.cancel();
    this.#reader = null;
  }

  #parse(block: string): void {
    const fields = new Map(block.split("\n").map((line) => line.split(/: (.*)/s) as [string, string]));
    const data = fields.get("data");
    if (data === undefined) return;
    this.events.push({
      // As a browser has it: what comes without an id leaves the last one standing.
      id: Number(fields.get("id") ?? this.lastId),
      type: fields.get("event") ?? "",
      data: JSON.parse(data),
    });
  }
}
