"use client";

import type { Service } from "@/lib/wire/service";
import { disagreementOf } from "../truth/disagreement-of";
import { detailBeside } from "../truth/health-detail";
import { cx } from "../ui/cx";
import { TickingSpan } from "../ui/ticking-span";

const healthInks: Readonly<Record<Service["health"]["status"], string>> = {
  ok: "text-ink-2",
  degraded: "text-warning",
  failing: "text-error",
  unknown: "text-ink-3",
};

/**
 * What stands beside the state, the most telling thing first: contact, load, what process and
 * application disagree about, how far a synchronisation is, activity, health.
 */
export function Condition({ service }: { service: Service }) {
  const { contact, load, activity, health, application } = service;
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
  const disagreement = disagreementOf(service);
  if (disagreement !== null) return <Words ink="text-warning" words={disagreement.what} />;
  if (service.state === "Syncing" && application?.sync) {
    return <Words ink="text-ink-2" words={application.sync.detail} />;
  }
  if (activity !== null) return <span className="truncate text-ink-2">{activity}</span>;
  if (health.have !== undefined && health.want !== undefined) {
    return (
      <span className={cx("truncate", healthInks[health.status])}>
        <span className="font-semibold">
          {health.have} of {health.want}
        </span>{" "}
        {detailBeside(health)}
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

function Words({ ink, words }: { ink: string; words: string }) {
  return (
    <span className={cx("truncate", ink)} title={words}>
      {words}
    </span>
  );
}
