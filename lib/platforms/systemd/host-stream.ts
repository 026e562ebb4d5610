import { Duplex } from "node:stream";
import { setTimeout as pause } from "node:timers/promises";
import type { Ending } from "./ending-words";
import type { HostCommand } from "./spawn-on";

/** More than that is not kept for a second way. */
const mostKeptBytes = 65_536;
/** The rest of what an ended command has written is waited for no longer. */
const lastBytesMs = 500;

interface Ways {
  /** The way that is tried first. */
  readonly open: () => HostCommand;
  /** Another way, where the first ended without one byte from there; null: there is none. */
  readonly instead: (ending: Ending) => HostCommand | null;
  /** Why there is no connection. */
  readonly errorOf: (ending: Ending) => Error;
  /** Once: it is open, or never will be. */
  readonly onDecided: () => void;
}

/**
 * The input and output of a command on a host, as one stream. What a first way never delivered is written
 * again to the second. Closing the stream ends the command, and a command that fails is the stream's error.
 */
export class HostStream extends Duplex {
  readonly #ways: Ways;
  #command: HostCommand;
  /** Anything has come from there: this way it is. */
  #isHeard = false;
  /** What was written before that; null: it is not needed any more, or too much. */
  #kept: Buffer[] | null = [];
  #keptBytes = 0;

  constructor(ways: Ways) {
    super({ allowHalfOpen: false });
    this.#ways = ways;
    this.#command = this.#follow(ways.open());
    // Who holds it may not listen yet, or not any more.
    this.on("error", () => undefined);
  }

  override _read(): void {
    this.#command.stdout.resume();
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    this.#keep(chunk);
    // A command that has ended takes nothing any more; its ending tells why.
    this.#command.stdin.write(chunk, () => done());
  }

  override _final(done: (error?: Error | null) => void): void {
    this.#command.stdin.end(() => done());
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.#ways.onDecided();
    void this.#command.end();
    done(error);
  }

  #keep(chunk: Buffer): void {
    this.#keptBytes += chunk.length;
    if (this.#isHeard || this.#keptBytes > mostKeptBytes) this.#kept = null;
    this.#kept?.push(chunk);
  }

  #follow(command: HostCommand): HostCommand {
    const { stdout } = command;
    stdout.on("data", (chunk: Buffer) => {
      if (!this.#isHeard) this.#ways.onDecided();
      this.#isHeard = true;
      this.#kept = null;
      if (!this.push(chunk)) stdout.pause();
    });
    const read = new Promise<void>((resolve) => stdout.once("close", resolve));
    void command.ended.then(async (ending) => {
      await Promise.race([read, pause(lastBytesMs)]);
      this.#onEnded(ending);
    });
    return command;
  }

  #onEnded(ending: Ending): void {
    if (this.destroyed) return;
    const other = this.#kept === null ? null : this.#ways.instead(ending);
    if (other !== null) this.#replace(other);
    else if (this.#isHeard || isQuiet(ending)) this.push(null);
    else this.destroy(this.#ways.errorOf(ending));
  }

  #replace(command: HostCommand): void {
    for (const chunk of this.#kept ?? []) command.stdin.write(chunk);
    if (this.writableEnded) command.stdin.end();
    this.#command = this.#follow(command);
  }
}

/** The other side closed the connection, and there is nothing to say about it. */
function isQuiet(ending: Ending): boolean {
  return ending.tag === "exited" && ending.code === 0;
}
