import type { Service } from "@/lib/wire/service";
import { cx } from "../ui/cx";

type Health = Service["health"];

export const healthInks: Readonly<Record<Health["status"], string>> = {
  ok: "text-good",
  degraded: "text-warning",
  failing: "text-error",
  unknown: "text-ink-2",
};

/** "2 of 4" where the health is counted and not whole; null where there is nothing to count, or nothing missing. */
export function sayShortfall({ have, want }: Health): string | null {
  return have === undefined || want === undefined || have >= want ? null : `${have} of ${want}`;
}

/** What a health's sentence adds to its numbers: it often begins with them. */
export function detailBeside({ have, want, detail }: Health): string {
  const counted = `${have} of ${want}`;
  return detail.startsWith(counted) ? detail.slice(counted.length).trimStart() : detail;
}

/** A health in words: how it stands, how many of how many, and the sentence. */
export function HealthWords({ health }: { health: Health }) {
  const { status, have, want } = health;
  const beside = detailBeside(health);
  const isCounted = have !== undefined && want !== undefined;
  return (
    <>
      <span className={cx("font-medium", healthInks[status])}>{status}</span>
      {isCounted && (
        <>
          ,{" "}
          <span className="font-semibold">
            {have} of {want}
          </span>
        </>
      )}
      {beside !== "" && (
        <span className="text-ink-2">
          {isCounted && beside !== health.detail ? " " : " · "}
          {beside}
        </span>
      )}
    </>
  );
}
