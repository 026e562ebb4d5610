import type { Service } from "@/lib/wire/service";
import { cx } from "../ui/cx";
import { detailBeside } from "./health-detail";

type Health = Service["health"];

export const healthInks: Readonly<Record<Health["status"], string>> = {
  ok: "text-good",
  degraded: "text-warning",
  failing: "text-error",
  unknown: "text-ink-2",
};

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
