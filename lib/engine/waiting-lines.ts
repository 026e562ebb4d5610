import type { LogLine } from "../wire/service";
import { storable } from "./storable";

/** What a line costs beside its text. */
const bytesOfLine = 64;

/**
 * Lines that wait to be told, the oldest first, at most `mostBytes` of them. A log that is written
 * faster than it can be told loses its oldest lines, not the newest, and says how many.
 */
export class WaitingLines {
  readonly #mostBytes: number;
  #lines: LogLine[] = [];
  #first = 0;
  #bytes = 0;
  #leftOut = 0;

  constructor(mostBytes: number) {
    this.#mostBytes = mostBytes;
  }

  get isEmpty(): boolean {
    return this.#leftOut === 0 && this.#first === this.#lines.length;
  }

  push(line: LogLine): void {
    const kept = storable(line);
    this.#lines.push(kept);
    this.#bytes += sizeOf(kept);
    while (this.#bytes > this.#mostBytes && this.#first < this.#lines.length - 1) {
      this.#shift();
      this.#leftOut += 1;
    }
    // Moved up when half of the list is gone: shifting it each time would copy it each time.
    if (this.#first * 2 > this.#lines.length) this.#moveUp();
  }

  /** Takes the oldest lines, about `bytes` of them and one at least, and what was lost before them. */
  take(bytes: number): LogLine[] {
    const taken = this.#leftOut > 0 ? [leftOutLine(this.#leftOut)] : [];
    this.#leftOut = 0;
    for (let size = 0; size < bytes; ) {
      const line = this.#shift();
      if (!line) break;
      taken.push(line);
      size += sizeOf(line);
    }
    this.#moveUp();
    return taken;
  }

  #shift(): LogLine | undefined {
    const line = this.#lines[this.#first];
    if (!line) return undefined;
    this.#first += 1;
    this.#bytes -= sizeOf(line);
    return line;
  }

  #moveUp(): void {
    this.#lines = this.#lines.slice(this.#first);
    this.#first = 0;
  }
}

function sizeOf({ text }: LogLine): number {
  return Buffer.byteLength(text) + bytesOfLine;
}

/** Without a priority, so that no filter takes it away. */
function leftOutLine(count: number): LogLine {
  const lines = count === 1 ? "1 line was" : `${count} lines were`;
  const text = `… ${lines} left out here: the log is written faster than it can be told.`;
  return { at: null, priority: null, text, stream: null };
}
