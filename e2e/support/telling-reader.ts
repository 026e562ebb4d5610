import type { Api } from "./api";

/** One of very many subscribers: keeps of every transition only which one it was. */
export class TellingReader {
  readonly transitions: number[] = [];
  open = true;
  bytes = 0;
  #id = "";
  readonly #controller = new AbortController();

  static async open(api: Api): Promise<TellingReader> {
    const reader = new TellingReader();
    const answer = await fetch(`${api.address}/api/v1/live`, {
      headers: { cookie: api.cookie },
      signal: reader.#controller.signal,
    });
    if (!answer.ok || !answer.body) throw new Error(`the feed answered ${answer.status}`);
    void reader.#read(answer.body).catch(() => {
      reader.open = false;
    });
    return reader;
  }

  close(): void {
    this.#controller.abort();
  }

  async #read(body: ReadableStream<Uint8Array>): Promise<void> {
    let rest = "";
    const decoder = new TextDecoder();
    for await (const chunk of body) {
      this.bytes += chunk.byteLength;
      const lines = (rest + decoder.decode(chunk, { stream: true })).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) {
        if (line.startsWith("id:")) this.#id = line.slice(3).trim();
        else if (line === "event: transition") this.transitions.push(Number(this.#id));
      }
    }
    this.open = false;
  }
}
