"use client";

import Link from "next/link";
import type { Service } from "@/lib/wire/service";
import { Lamp } from "../lamp/lamp";
import { stateWord } from "../lamp/state-lamps";
import { serviceHref } from "../service/service-href";
import { formatSpan } from "../ui/format-span";
import type { ErrorTime } from "./error-ranking";
import { sayShare } from "./shares";
import { ThrashMark } from "./thrash-mark";

/** The services that were in Error for longest, with a way to each. @param search the span, for its address. */
export function ErrorList({ times, search }: { times: readonly ErrorTime[]; search: string }) {
  return (
    <table aria-label="Most time in Error" className="insight-list">
      <thead>
        <tr>
          <th scope="col" className="insight-wide">
            Service
          </th>
          <th scope="col">In Error</th>
          <th scope="col">Share</th>
          <th scope="col">Entries</th>
        </tr>
      </thead>
      <tbody>
        {times.map(({ service, ms, share, entries }) => (
          <tr key={service.id}>
            <th scope="row" className="insight-wide">
              <ServiceNow service={service} search={search} />
            </th>
            <td>{formatSpan(ms)}</td>
            <td>{sayShare(share)}</td>
            <td>{entries}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** A service with the state that it is in now, and its page over the same span. */
export function ServiceNow({ service, search }: { service: Service; search: string }) {
  return (
    <span className="flex min-w-0 items-center gap-2">
      <Lamp state={service.state} observed={service.contact.status === "live"} size={14} />
      <span className="sr-only">{stateWord(service.state)}</span>
      <Link
        href={`${serviceHref(service)}${search === "" ? "" : `?${search}`}`}
        prefetch={false}
        className="truncate font-medium text-ink hover:underline"
      >
        {service.name}
      </Link>
      <span className="service-now-host truncate text-xs font-normal text-ink-3">{service.host}</span>
      <span className="service-now-mark shrink-0">
        <ThrashMark level={service.thrash} />
      </span>
    </span>
  );
}
