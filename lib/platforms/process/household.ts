import type { Instant } from "../../clock";
import { childEnvironment } from "./child-environment";
import type { FactBody } from "./facts";
import type { LifeSurroundings } from "./life";
import { readTailNow } from "./log-tail";
import type { ProcessSpec } from "./process-spec";
import type { RecordFolder } from "./record-file";
import { spawnChild } from "./spawn-child";
import type { Audience } from "./teller";

/** What all supervisors of a host have in common. */
export interface Household extends Audience {
  /** Before the service's name in the mark of its processes. */
  readonly markPrefix: string;
  readonly stateFolder: string;
  readonly records: RecordFolder;
  readonly environment: { readonly ours: NodeJS.ProcessEnv; readonly withheld: readonly string[] };
  /** How long a process may take to end after its SIGKILL; then it is given up. */
  readonly killPatienceMs: number;
  readonly logPathOf: (service: string) => string;
  readonly predecessors: (
    spec: ProcessSpec,
    signal: AbortSignal,
  ) => { names: string[]; settled: Promise<void> };
}

const linesOfEvidence = 20;

/** What one life of a service needs, out of what the house has. */
export function surroundingsOf(
  house: Household,
  spec: ProcessSpec,
  invocation: string,
  tell: (body: FactBody, instant?: Instant) => void,
): LifeSurroundings {
  const { name } = spec;
  const { records, environment } = house;
  const mark = house.markPrefix + name;
  const logPath = house.logPathOf(name);
  const env = childEnvironment({ ...environment, asked: spec.env, mark, invocation });
  const warn = (message: string) => house.warn(`${name}: ${message}`);
  return {
    spec,
    killPatienceMs: house.killPatienceMs,
    mark,
    tell,
    warn,
    predecessors: (signal) => house.predecessors(spec, signal),
    spawn: () => spawnChild(spec, env, logPath),
    remember: (identity, { at, monotonic }) =>
      trying(warn, () => records.write({ service: name, invocation, ...identity, at, monotonic })),
    forget: () => forget(house, name),
    lastLines: () => trying(warn, () => readTailNow(logPath, linesOfEvidence)) ?? [],
  };
}

/** Drops the record of a service of which nothing runs. */
export function forget({ records, warn }: Pick<Household, "records" | "warn">, name: string): void {
  trying(
    (message) => warn(`${name}: ${message}`),
    () => records.remove(name),
  );
}

/** Files are for later: a disk that fails must not keep a service from being supervised. */
function trying<Result>(warn: (message: string) => void, act: () => Result): Result | undefined {
  try {
    return act();
  } catch (error) {
    warn((error as Error).message);
    return undefined;
  }
}
