import type { BusValue } from "./bus/wire-reader";
import type { HostInstant } from "./unit-facts";

/** What the manager said of itself when the session began. */
export interface ManagerFacts {
  /** systemd's own version text, such as "252.38-1~deb12u1". */
  readonly version: string;
  /** When this boot's user space began; null where the manager does not tell. */
  readonly bootStamp: HostInstant | null;
  /** The user that the connection runs as there, which is whom polkit asks about; null if not told. */
  readonly uid: number | null;
}

/** A row of systemd's list of units. */
export interface UnitRow {
  readonly unit: string;
  readonly description: string;
  readonly load: string;
  readonly active: string;
  readonly sub: string;
  /** 0: no job. */
  readonly job: number;
  readonly jobType: string;
}

/** What a unit uses now; null where systemd does not count it. */
export interface UnitUsage {
  readonly memoryBytes: number | null;
  readonly cpuNs: number | null;
  readonly tasks: number | null;
}

export interface UnitProcess {
  readonly cgroup: string;
  readonly pid: number;
  readonly command: string;
}

/** The rows of ListUnits and its kin, whose signature is `a(ssssssouso)`. */
export function rowsOf([rows]: readonly BusValue[]): UnitRow[] {
  type Row = [string, string, string, string, string, string, string, number, string, string];
  return (rows as Row[]).map(([unit, description, load, active, sub, , , job, jobType]) => {
    return { unit, description, load, active, sub, job, jobType };
  });
}
