"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useCallback } from "react";
import type { Machine } from "@/lib/machine/types";
import type { NormalStay } from "@/lib/wire/insight";
import type { Service } from "@/lib/wire/service";
import { isUnusual, sayUsual } from "../insight/usual";
import { type Page, readJson } from "../live/read-json";
import { capital } from "../ui/capital";
import { useTicking } from "../ui/clock";
import { Instant } from "../ui/instant";
import { TickingSpan } from "../ui/ticking-span";
import { serviceApi } from "./service-href";

interface LastingProps {
  readonly service: Service;
  readonly since: string;
  readonly machine: Machine;
}

/**
 * How long the state has lasted, and how long it usually does: in full once this is longer than that,
 * until then on pointing at it.
 */
export function Lasting({ service, since, machine }: LastingProps) {
  const stay = useNormalStay(service);
  const begun = Date.parse(since);
  const unusual = useTicking(
    useCallback(
      (_now: number, serverNow: number) => stay !== undefined && isUnusual(stay, serverNow - begun),
      [stay, begun],
    ),
  );
  const specified = machine.states.find(({ name }) => name === stay?.state)?.typicalDuration?.text;
  const said = stay === undefined ? null : sayUsual(stay, specified);
  return (
    <p className="text-sm text-ink-2" data-tip={said === null || unusual ? undefined : capital(said)}>
      for <TickingSpan since={since} className="font-medium text-ink" />
      {said !== null && (unusual ? <Loud said={said} /> : <span className="sr-only">, {said}</span>)}
      <span aria-live="off" className="text-ink-3">
        , since <Instant at={since} />
      </span>
    </p>
  );
}

function Loud({ said }: { said: string }) {
  return <span className="font-medium text-warning">; {said}</span>;
}

/** What is usual in the state that stands now; it is asked for anew with every move. */
function useNormalStay({ host, name, state, seq }: Service): NormalStay | undefined {
  const address = `${serviceApi({ host, name })}/normal`;
  const normal = useQuery({
    queryKey: [address, seq],
    queryFn: ({ signal }) => readJson<Page<NormalStay>>(address, signal),
    placeholderData: keepPreviousData,
    gcTime: 60_000,
  });
  return normal.data?.items.find((stay) => stay.state === state);
}
