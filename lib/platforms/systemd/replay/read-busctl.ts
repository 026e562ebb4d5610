import { type BusRecord, isObject, jsonLines, recordOf } from "./bus-record";
import { type UnitCapture, unitCaptures } from "./unit-captures";

/**
 * Captures of `busctl monitor --json=short org.freedesktop.systemd1`, as users attach them. It has one clock
 * only, the wall clock of whoever captured; it stands in for the monotonic one.
 */
export function readBusctl(text: string): UnitCapture[] {
  return unitCaptures([...records(text)]);
}

function* records(text: string): Generator<BusRecord> {
  for (const line of jsonLines(text)) {
    const { type, path, member, payload, "timestamp-realtime": at } = line;
    if (typeof at !== "number") continue;
    const seen = { at, monotonic: at };
    const args = isObject(payload) ? payload.data : null;
    const told = type === "signal" && typeof path === "string" && typeof member === "string";
    if (told && Array.isArray(args)) yield recordOf(seen, { path, member, args: args.map(plain) });
    else yield { seen, tag: "other" };
  }
}

/** The values of a dictionary of variants, without their types. */
function plain(value: unknown): unknown {
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [name, isObject(one) && "data" in one ? one.data : one]),
  );
}
