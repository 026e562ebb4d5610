import type { LogLine } from "@/lib/wire/service";

/**
 * A log's end as it was read, followed by what a stream told: the lines that are in both stand once.
 * The stream may begin with the end of what was read, or right after it.
 */
export function joinLines(read: readonly LogLine[], streamed: readonly LogLine[]): readonly LogLine[] {
  for (let from = 0; from < read.length; from += 1) {
    const tail = read.slice(from);
    const overlaps = tail.every((line, at) => streamed[at] === undefined || isSame(line, streamed[at]));
    if (overlaps && streamed.length > 0) {
      const rest = tail.length > streamed.length ? tail : streamed;
      return [...read.slice(0, from), ...rest];
    }
  }
  return [...read, ...streamed];
}

function isSame(one: LogLine, other: LogLine): boolean {
  return one.text === other.text && one.at === other.at && one.stream === other.stream;
}
