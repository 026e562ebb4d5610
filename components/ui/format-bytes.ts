const units = ["B", "kB", "MB", "GB", "TB"] as const;

/** A size for a glance, in powers of 1000: "812 B", "1.4 MB", "120 MB". */
export function formatBytes(bytes: number): string {
  let rest = Math.max(0, bytes);
  let unit = 0;
  while (rest >= 999.5 && unit < units.length - 1) {
    rest /= 1_000;
    unit += 1;
  }
  return `${unit > 0 && rest < 9.95 ? rest.toFixed(1) : Math.round(rest)} ${units[unit]}`;
}
