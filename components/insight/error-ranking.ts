import type { TimeInState } from "@/lib/wire/insight";
import type { Service, Transition } from "@/lib/wire/service";

/** More services than these are not asked about one by one. */
const mostAsked = 24;

/**
 * The services that may have been in Error for longest: those that are in it now, since when first, and
 * those that entered it most often.
 */
export function suspects(
  services: readonly Service[],
  entries: readonly Pick<Transition, "service">[],
): readonly Service[] {
  const counts = new Map<string, number>();
  for (const { service } of entries) counts.set(service, (counts.get(service) ?? 0) + 1);
  const inError = services
    .filter(({ state }) => state === "Error")
    .sort((left, right) => ((left.since ?? "") < (right.since ?? "") ? -1 : 1));
  const entered = services
    .filter(({ id, state }) => state !== "Error" && counts.has(id))
    .sort((left, right) => (counts.get(right.id) ?? 0) - (counts.get(left.id) ?? 0));
  return [...inError.slice(0, mostAsked / 2), ...entered, ...inError.slice(mostAsked / 2)].slice(
    0,
    mostAsked,
  );
}

export interface ErrorTime {
  readonly service: Service;
  readonly ms: number;
  readonly entries: number;
  /** Of the whole span. */
  readonly share: number;
}

/** Those that were in Error at all, the longest first. */
export function byErrorTime(
  asked: readonly { readonly service: Service; readonly sums: TimeInState | undefined }[],
): readonly ErrorTime[] {
  return asked
    .flatMap(({ service, sums }) => {
      const { ms = 0, entries = 0 } = sums?.states.Error ?? {};
      if (sums === undefined || (ms === 0 && entries === 0)) return [];
      return [{ service, ms, entries, share: ms / (Date.parse(sums.to) - Date.parse(sums.from)) }];
    })
    .sort((left, right) => right.ms - left.ms || right.entries - left.entries);
}
