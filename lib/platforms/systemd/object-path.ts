const unitPrefix = "/org/freedesktop/systemd1/unit/";
const jobPrefix = "/org/freedesktop/systemd1/job/";

/**
 * The object of a unit on the bus: letters and digits stand for themselves, every other byte, and
 * a digit at the start, as `_` and two hexadecimal digits (sd_bus_path_encode(3)).
 */
export function pathOfUnit(unit: string): string {
  let path = unitPrefix;
  if (unit === "") return `${path}_`;
  for (const [index, byte] of Buffer.from(unit, "utf8").entries()) {
    const char = String.fromCharCode(byte);
    const stays = /[A-Za-z]/.test(char) || (index > 0 && /[0-9]/.test(char));
    path += stays ? char : `_${byte.toString(16).padStart(2, "0")}`;
  }
  return path;
}

/** The unit that an object is; null if the object is none. */
export function unitOfPath(path: string): string | null {
  if (!path.startsWith(unitPrefix)) return null;
  const label = path.slice(unitPrefix.length);
  if (label === "_") return "";
  if (!/^(?:[A-Za-z0-9]|_[0-9a-fA-F]{2})+$/.test(label)) return null;
  const bytes = label.match(/_[0-9a-fA-F]{2}|[A-Za-z0-9]/g) ?? [];
  return Buffer.from(
    bytes.map((piece) => (piece.length === 1 ? piece.charCodeAt(0) : Number.parseInt(piece.slice(1), 16))),
  ).toString("utf8");
}

export function pathOfJob(job: number): string {
  return `${jobPrefix}${job}`;
}

/** The id of the job that an object is; null if the object is none ("/" stands for no job). */
export function jobOfPath(path: string): number | null {
  if (!path.startsWith(jobPrefix)) return null;
  const id = path.slice(jobPrefix.length);
  return /^[0-9]{1,10}$/.test(id) ? Number(id) : null;
}
