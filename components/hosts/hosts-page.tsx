"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { Host } from "@/lib/wire/host";
import type { Service } from "@/lib/wire/service";
import { type Page, readJson } from "../live/read-json";
import { useFleetIndex, useHosts, useNotices } from "../live/use-fleet";
import { Message } from "../ui/message";
import { HostPanel } from "./host-panel";

/** With more hosts than these the gaps of each are shown when they are asked for. */
const fewHosts = 3;

/** Every host: whether it is seen now, what lives on it, and when nobody looked. */
export function HostsPage({ hosts: first }: { hosts: readonly Host[] }) {
  const hosts = useHostList(first);
  const services = useServicesByHost();
  const lost = hosts.filter(({ contact }) => contact.status !== "live").length;
  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-wrap items-baseline gap-x-4 gap-y-1">
        <h1 className="text-xl font-semibold tracking-tight">Hosts</h1>
        <p role="status" className="text-sm text-ink-2">
          {hosts.length > 0 && sayContacts(hosts.length, lost)}
        </p>
      </div>
      {hosts.length === 0 ? (
        <div className="rounded-lg border border-line bg-surface">
          <Message title="No hosts yet">
            <p>
              Name one in <code className="font-mono text-ink">signalbox.yaml</code>. The file is read again
              when it changes.
            </p>
          </Message>
        </div>
      ) : (
        <div className="grid items-start gap-4 xl:grid-cols-2">
          {hosts.map((host) => (
            <HostPanel
              key={host.id}
              host={host}
              services={services.get(host.id) ?? []}
              gapsOpen={hosts.length <= fewHosts}
            />
          ))}
        </div>
      )}
    </div>
  );
}

function sayContacts(all: number, lost: number): string {
  if (lost === 0) return all === 1 ? "1 host, observed now." : `${all} hosts, all observed now.`;
  return `${all === 1 ? "1 host" : `${all} hosts`}, ${lost} not observed.`;
}

/** The hosts as they were read, with the contact that the feed tells. */
function useHostList(first: readonly Host[]): readonly Host[] {
  const { resyncs } = useNotices();
  const live = useHosts();
  const contacts = live.map(({ id, contact }) => `${id} ${contact.status}`).join();
  const read = useQuery({
    queryKey: ["hosts", contacts, resyncs],
    queryFn: ({ signal }) => readJson<Page<Host>>("/api/v1/hosts?limit=1000", signal),
    placeholderData: keepPreviousData,
  });
  const known = read.data?.items ?? first;
  return useMemo(() => {
    const told = new Map(live.map((host) => [host.id, host]));
    return known.flatMap((host) => {
      const now = told.get(host.id);
      return now === undefined ? [] : [{ ...host, contact: now.contact, facts: now.facts }];
    });
  }, [known, live]);
}

function useServicesByHost(): ReadonlyMap<string, readonly Service[]> {
  const services = useFleetIndex(true);
  return useMemo(() => {
    const byHost = new Map<string, Service[]>();
    for (const service of services) {
      const known = byHost.get(service.host);
      if (known === undefined) byHost.set(service.host, [service]);
      else known.push(service);
    }
    return byHost;
  }, [services]);
}
