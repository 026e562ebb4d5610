"use client";

import Link from "next/link";
import type { ReactNode } from "react";
import type { Service } from "@/lib/wire/service";
import { countBySeverity } from "../alerts/alert-order";
import { sayCount, sayFiring, severityInks } from "../alerts/alert-words";
import { SeverityShape } from "../alerts/severity-mark";
import { useAlertsKnown, useFleetIndex, useHosts, useNotices, useOpenAlerts } from "../live/use-fleet";
import { serviceHref } from "../service/service-href";
import { Icon } from "../ui/icons";
import { TickingSpan } from "../ui/ticking-span";
import { attentionOf, nothingNeeded } from "./attention";

const named = 3;

/** One line of words: what needs a person now, else that nothing does. */
export function AttentionLine() {
  const services = useFleetIndex(true);
  const hosts = useHosts();
  const { configErrors } = useNotices();
  const open = useOpenAlerts();
  const asking = useAlertsKnown().tag !== "known";
  const attention = attentionOf(services, hosts, configErrors, open);

  if (nothingNeeded(attention)) {
    // Holds the line's place until it is known what fires: it must not be said before.
    if (asking) return <p className="h-5" />;
    return (
      <p className="flex items-center gap-2 text-sm text-ink-2">
        <Icon name="tick" className="text-good" /> Nothing needs you.
        {open.length > 0 && (
          <Link href="/alerts" className="underline decoration-line-strong underline-offset-3">
            {open.length === 1 ? "1 alert is" : `${open.length} alerts are`} acknowledged or silenced.
          </Link>
        )}
      </p>
    );
  }
  const { firing, inError, looping, disagreeing, hostsLost } = attention;
  return (
    <p className="flex flex-wrap items-baseline gap-x-4 gap-y-1 text-sm text-ink-2">
      {firing.length > 0 && (
        <span className="inline-flex flex-wrap items-baseline gap-x-2">
          <Link
            href="/alerts"
            className="font-medium text-ink underline decoration-line-strong underline-offset-3 hover:decoration-current"
          >
            {sayFiring(firing.length)}
          </Link>
          {countBySeverity(firing).map(({ severity, count }) => (
            <span
              key={severity}
              className={`inline-flex items-center gap-1 self-center ${severityInks[severity]}`}
            >
              <SeverityShape severity={severity} size={13} />
              {sayCount(severity, count)}
            </span>
          ))}
        </span>
      )}
      {inError.length > 0 && (
        <Need
          mark="text-error"
          words={inError.length === 1 ? "1 service in Error:" : `${inError.length} services in Error:`}
        >
          <Names services={inError} />
        </Need>
      )}
      {looping.length > 0 && (
        <Need
          mark="text-error"
          words={
            looping.length === 1 ? "1 service in a crash loop:" : `${looping.length} services in crash loops:`
          }
        >
          <Names services={looping} />
        </Need>
      )}
      {disagreeing.length > 0 && (
        <Need
          mark="text-warning"
          words={
            disagreeing.length === 1
              ? "1 service whose process and application disagree:"
              : `${disagreeing.length} services whose process and application disagree:`
          }
        >
          <Names services={disagreeing} />
        </Need>
      )}
      {hostsLost.map((host) => (
        <Need key={host.id} mark="text-warning" words={`${host.id} is out of contact`}>
          {host.contact.since !== null && (
            <>
              since <TickingSpan since={host.contact.since} />
            </>
          )}
        </Need>
      ))}
      {configErrors.length > 0 && (
        <Need mark="text-warning" words="The configuration has errors: the last good one is in force." />
      )}
    </p>
  );
}

function Need({ mark, words, children }: { mark: string; words: string; children?: ReactNode }) {
  return (
    <span className="inline-flex flex-wrap items-baseline gap-x-1.5">
      <Icon name="alert" size={13} className={`translate-y-0.5 ${mark}`} />
      <span className="font-medium text-ink">{words}</span>
      {children}
    </span>
  );
}

function Names({ services }: { services: readonly Service[] }) {
  const rest = services.length - named;
  return (
    <>
      {services.slice(0, named).map((service, at) => (
        <span key={service.id}>
          <Link
            href={serviceHref(service)}
            className="underline decoration-line-strong underline-offset-3 hover:decoration-current"
          >
            {service.name}
          </Link>
          {at < Math.min(named, services.length) - 1 && ","}
        </span>
      ))}
      {rest > 0 && <span>and {rest} more</span>}
    </>
  );
}
