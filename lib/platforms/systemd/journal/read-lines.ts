import type { Readable } from "node:stream";

/** More of one line is not kept: journald's own fields are far below, a hostile stream may be anything. */
export const longestLine = 4_194_304;

/**
 * The lines of a stream as text, without their newlines, all that a piece of it has completed at
 * once (to wait for each would cost more than to read it); the last one also where its newline is missing. Of a line that is too long nothing is kept but an empty text. Memory is
 * bounded by one line. Ends with the stream, also where that breaks.
 */
export async function* readLines(stream: Readable): AsyncGenerator<readonly string[]> {
  let pieces: Buffer[] = [];
  let bytes = 0;
  const line = () => {
    const [only] = pieces;
    const whole = only !== undefined && pieces.length === 1 ? only : Buffer.concat(pieces);
    const text = bytes > longestLine ? "" : whole.toString("utf8");
    pieces = [];
    bytes = 0;
    return text;
  };
  const keep = (piece: Buffer) => {
    bytes += piece.length;
    if (bytes > longestLine) pieces = [];
    else if (piece.length > 0) pieces.push(piece);
  };
  for await (const chunk of chunksOf(stream)) {
    const lines: string[] = [];
    let from = 0;
    for (let cut = chunk.indexOf(10); cut !== -1; cut = chunk.indexOf(10, from)) {
      keep(chunk.subarray(from, cut));
      lines.push(line());
      from = cut + 1;
    }
    keep(chunk.subarray(from));
    yield lines;
  }
  if (bytes > 0) yield [line()];
}

async function* chunksOf(stream: Readable): AsyncGenerator<Buffer> {
  try {
    for await (const chunk of stream) yield Buffer.isBuffer(chunk) ? chunk : Buffer.from(chunk);
  } catch (error) {
    // A command that was ended closes its pipe in the middle; how it ended is told elsewhere.
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
  }
}
