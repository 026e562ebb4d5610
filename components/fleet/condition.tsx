"use client";

import type { Service } from "@/lib/wire/service";
import { cx } from "../ui/cx";
import { TickingSpan } from "../ui/ticking-span";

const healthInks: Readonly<Record<Service["health"]["status"], string>> = {
  ok: "text-ink-2",
  degraded: "text-warning",
  failing: "text-error",
  unknown: "text-ink-3",
};

/** What stands beside the state, the most telling thing first: contact, load, activity, health. */
export function Condition({ service }: { service: Service }) {
  const { contact, load, activity, health } = service;
  if (contact.status !== "live") {
    return (
      <span className="truncate text-warning">
        {contact.status === "never" ? "never reached" : "not observed"}
        {contact.since !== null && (
          <>
            {" "}
            since <TickingSpan since={contact.since} />
          </>
        )}
      </span>
    );
  }
  if (load !== "loaded") return <span className="truncate text-warning">{load}</span>;
  if (activity !== null) return <span className="truncate text-ink-2">{activity}</span>;
  if (health.have !== undefined && health.want !== undefined) {
    return (
      <span className={cx("truncate", healthInks[health.status])}>
        <span className="font-semibold">
          {health.have} of {health.want}
        </span>{" "}
        {health.detail}
      </span>
    );
  }
  if (health.status === "ok" || health.status === "unknown") return null;
  return (
    <span className={cx("truncate", healthInks[health.status])} title={health.detail}>
      {health.status}: {health.detail}
    </span>
  );
}
