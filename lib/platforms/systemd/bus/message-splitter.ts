import { decodeMessage, type Message, messageLength } from "./message";

/** Cuts a stream of bytes into messages, however it is chunked. */
export class MessageSplitter {
  #chunks: Buffer[] = [];
  #length = 0;
  /** So many bytes are needed before anything more can be told. */
  #wanted = 16;

  /** The messages that are complete with this chunk. Throws a WireError on what is no D-Bus. */
  push(chunk: Buffer): Message[] {
    this.#chunks.push(chunk);
    this.#length += chunk.length;
    if (this.#length < this.#wanted) return [];
    const bytes = this.#chunks.length === 1 ? chunk : Buffer.concat(this.#chunks, this.#length);
    const messages: Message[] = [];
    let at = 0;
    for (;;) {
      const rest = bytes.subarray(at);
      const length = messageLength(rest);
      if (length === null || rest.length < length) {
        this.#chunks = rest.length > 0 ? [rest] : [];
        this.#length = rest.length;
        this.#wanted = length ?? 16;
        return messages;
      }
      messages.push(decodeMessage(rest.subarray(0, length)));
      at += length;
    }
  }
}
