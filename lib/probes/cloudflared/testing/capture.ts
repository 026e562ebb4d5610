import { readFileSync } from "node:fs";

const folder = new URL("../captures/", import.meta.url);

export function readCapture(name: string): string {
  return readFileSync(new URL(name, folder), "utf8");
}

/** What `curl -si` wrote: the status, the headers that a server sets itself, and the body. */
export function readHttpCapture(name: string): Page {
  const text = readCapture(name);
  const end = /\r?\n\r?\n/.exec(text);
  const [status = "", ...lines] = text.slice(0, end?.index).split(/\r?\n/);
  const headers = Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf(":")).toLowerCase(), line.slice(line.indexOf(":") + 2)]),
  );
  const type = headers["content-type"] ?? "text/plain";
  return {
    status: Number(status.split(" ")[1]),
    type,
    body: end === null ? "" : text.slice(end.index + end[0].length),
  };
}

export interface Page {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

export interface PolledRecord {
  readonly t_ms: number;
  readonly ready_status: number | null;
  readonly ready_body: string;
  readonly systemd: readonly [string, string, string];
}

/** The records of a `.poll.jsonl`. */
export function readPoll(name: string): PolledRecord[] {
  return readCapture(name)
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as PolledRecord);
}
