import type { BusValue } from "./bus/wire-reader";
import type { HostInstant, UnitProperties } from "./unit-facts";

/** Properties as the bus tells them: by systemd's names, variants as what they hold. */
export type ToldProperties = ReadonlyMap<BusValue, BusValue>;

type Mutable = { -readonly [Key in keyof UnitProperties]: UnitProperties[Key] };

/**
 * Translates what systemd tells of a unit (interfaces Unit and Service, whose names do not collide;
 * org.freedesktop.systemd1(5)). What was not told stays absent, and so does what is not of the type
 * that it should have. "No limit" is a number larger than every time.
 */
export function readProperties(told: ToldProperties): UnitProperties {
  const read: Mutable = {};
  for (const [name, value] of told) if (typeof name === "string") readers[name]?.(value, read);
  for (const [key, name] of instants) {
    const instant = instantOf(told.get(name), told.get(`${name}Monotonic`));
    if (instant !== undefined) read[key] = instant;
  }
  const bound = namesIn(told, ["Requires", "Requisite", "BindsTo", "PartOf"]);
  if (bound !== null) read.boundTo = bound;
  const pulled = namesIn(told, ["RequiredBy", "WantedBy", "UpheldBy"]);
  if (pulled !== null) read.pulledInBy = pulled;
  return read;
}

const instants = [
  ["stateChange", "StateChangeTimestamp"],
  ["inactiveExit", "InactiveExitTimestamp"],
  ["activeEnter", "ActiveEnterTimestamp"],
  ["activeExit", "ActiveExitTimestamp"],
  ["inactiveEnter", "InactiveEnterTimestamp"],
  ["conditionAt", "ConditionTimestamp"],
  ["execMainStart", "ExecMainStartTimestamp"],
  ["execMainExit", "ExecMainExitTimestamp"],
] as const;

const readers: Readonly<Record<string, (value: BusValue, into: Mutable) => void>> = {
  LoadState: text("loadState"),
  ActiveState: text("activeState"),
  SubState: text("subState"),
  UnitFileState: text("unitFileState"),
  NeedDaemonReload: truth("needDaemonReload"),
  ConditionResult: truth("conditionResult"),
  AssertResult: truth("assertResult"),
  Type: text("type"),
  Restart: text("restart"),
  RestartUSec: number("restartUs"),
  TimeoutStartUSec: number("timeoutStartUs"),
  TimeoutStopUSec: number("timeoutStopUs"),
  RemainAfterExit: truth("remainAfterExit"),
  MainPID: number("mainPid"),
  ControlPID: number("controlPid"),
  ControlGroup: text("controlGroup"),
  StatusText: text("statusText"),
  Result: text("result"),
  NRestarts: number("nRestarts"),
  ExecMainCode: number("execMainCode"),
  ExecMainStatus: number("execMainStatus"),
  LoadError: (value, into) => {
    const [name, words] = textsOf(value) ?? [];
    if (name !== undefined) into.loadError = words || name;
  },
  Job: (value, into) => {
    const [job] = Array.isArray(value) ? value : [];
    if (typeof job === "number") into.job = job;
  },
  InvocationID: (value, into) => {
    const bytes = value instanceof Uint8Array || Array.isArray(value) ? Buffer.from(value) : null;
    if (bytes?.length === 16) into.invocation = bytes.toString("hex");
    else if (bytes?.length === 0) into.invocation = "";
  },
  ActivationDetails: (value, into) => {
    if (!Array.isArray(value)) return;
    into.activationDetails = value.flatMap((pair: BusValue) => {
      const [key, detail] = textsOf(pair) ?? [];
      return key === undefined || detail === undefined ? [] : [[key, detail] as const];
    });
  },
  TriggeredBy: (value, into) => {
    const names = textsOf(value);
    if (names !== null) into.triggeredBy = names;
  },
};

type KeysOf<Value> = {
  [Key in keyof UnitProperties]-?: Value extends UnitProperties[Key] ? Key : never;
}[keyof UnitProperties];

function text(key: Extract<KeysOf<string>, keyof UnitProperties>) {
  return (value: BusValue, into: Mutable) => {
    if (typeof value === "string") into[key] = value;
  };
}

function truth(key: KeysOf<boolean>) {
  return (value: BusValue, into: Mutable) => {
    if (typeof value === "boolean") into[key] = value;
  };
}

function number(key: KeysOf<number>) {
  return (value: BusValue, into: Mutable) => {
    if (typeof value === "number") into[key] = value;
  };
}

/** Both clocks come in one message; undefined unless they do. */
function instantOf(
  at: BusValue | undefined,
  monotonic: BusValue | undefined,
): HostInstant | null | undefined {
  if (!isInstant(at) || !isInstant(monotonic)) return undefined;
  return at === 0 ? null : { at, monotonic };
}

/** Before the year 2100, in whole microseconds; a host may say anything. */
function isInstant(value: BusValue | undefined): value is number {
  return (
    typeof value === "number" && Number.isSafeInteger(value) && value >= 0 && value < 4_102_444_800_000_000
  );
}

function namesIn(told: ToldProperties, properties: readonly string[]): readonly string[] | null {
  const lists = properties.map((name) => textsOf(told.get(name)));
  if (lists.every((list) => list === null)) return null;
  return [...new Set(lists.flatMap((list) => list ?? []))];
}

function textsOf(value: BusValue | undefined): string[] | null {
  if (!Array.isArray(value)) return null;
  return value.every((item): item is string => typeof item === "string") ? value : null;
}
