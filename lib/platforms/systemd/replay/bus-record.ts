import type { BusValue } from "../bus/wire-reader";
import { jobOfPath, unitOfPath } from "../object-path";
import type { ToldProperties } from "../read-properties";
import type { Seen } from "../unit-facts";

/** One message of a captured bus, as far as it is about units and jobs; in its own words still. */
export type BusRecord = { readonly seen: Seen } & (
  | { readonly tag: "unit"; readonly unit: string; readonly properties: ToldProperties }
  | { readonly tag: "job"; readonly job: number; readonly properties: ToldProperties }
  | { readonly tag: "job-new"; readonly job: number; readonly unit: string }
  | { readonly tag: "job-removed"; readonly job: number; readonly unit: string; readonly result: string }
  /** Anything else that the capture saw: it shows how far the capture reaches. */
  | { readonly tag: "other" }
);

const managerPath = "/org/freedesktop/systemd1";

/** What a signal of systemd's means, from where it came and what it carried. */
export function recordOf(
  seen: Seen,
  {
    path,
    member,
    args,
  }: { readonly path: string; readonly member: string; readonly args: readonly unknown[] },
): BusRecord {
  const [first, second, third, fourth] = args;
  if (path === managerPath && member === "JobNew" && typeof first === "number" && typeof third === "string")
    return { seen, tag: "job-new", job: first, unit: third };
  if (
    path === managerPath &&
    member === "JobRemoved" &&
    typeof first === "number" &&
    typeof third === "string"
  )
    return { seen, tag: "job-removed", job: first, unit: third, result: String(fourth) };
  if (member === "PropertiesChanged" && isObject(second)) {
    const unit = unitOfPath(path);
    if (unit !== null) return { seen, tag: "unit", unit, properties: toldOf(second) };
    const job = jobOfPath(path);
    if (job !== null) return { seen, tag: "job", job, properties: toldOf(second) };
  }
  return { seen, tag: "other" };
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * The objects of a file of JSON lines. A last line that is cut off is what a capture ends with when
 * it is interrupted, and left out. Throws an Error that names the line for anything else.
 */
export function* jsonLines(text: string): Generator<Readonly<Record<string, unknown>>> {
  const lines = text.split("\n");
  for (const [index, line] of lines.entries()) {
    if (line.trim() === "") continue;
    let value: unknown;
    try {
      value = JSON.parse(line);
    } catch (cause) {
      if (index === lines.length - 1) return;
      throw new Error(`line ${index + 1} is no JSON: a capture is one JSON object a line`, { cause });
    }
    if (isObject(value)) yield value;
  }
}

/** The values of a JSON object as the bus would have told them. */
export function toldOf(object: Readonly<Record<string, unknown>>): ToldProperties {
  return new Map(Object.entries(object).map(([name, value]) => [name, busValueOf(value)]));
}

function busValueOf(value: unknown): BusValue {
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") return value;
  if (Array.isArray(value)) return value.map(busValueOf);
  return isObject(value) ? toldOf(value) : "";
}
