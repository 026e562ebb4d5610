import type { MetricsSnapshot, ServiceFigures } from "@/db/read/metrics";
import { kinds, machineOfKind } from "../machine/kinds/machine-of-kind";
import { type Family, familyOf, type Sample } from "./family";

const healthStatuses = ["ok", "degraded", "failing"] as const;
const errorState = "Error";

const declaredStates: ReadonlyMap<string, readonly string[]> = new Map(
  kinds.map((kind) => [kind, machineOfKind(kind)?.states.map(({ name }) => name) ?? []]),
);

/** What each service tells beside the time in its states. Pure. */
export function serviceFamilies({ services, moves }: Pick<MetricsSnapshot, "services" | "moves">): Family[] {
  const byId = new Map(services.map((service) => [service.id, service]));
  const seen = services.filter(({ since }) => since !== null);
  const transitions = moves.flatMap(({ serviceId, from, to, cause, count }): Sample[] => {
    const service = byId.get(serviceId);
    if (!service) return [];
    const { host, name } = service;
    return [{ labels: { host, service: name, from, to, cause }, value: count }];
  });
  return [
    familyOf("signalbox_service_state", services.flatMap(stateSamples)),
    familyOf(
      "signalbox_service_state_since_seconds",
      seen.map((service) => ({ labels: nameOf(service), value: (service.since ?? 0) / 1e6 })),
    ),
    familyOf("signalbox_service_health", services.flatMap(healthSamples)),
    familyOf(
      "signalbox_service_thrashing",
      services.map((service) => ({ labels: nameOf(service), value: service.thrash === null ? 0 : 1 })),
    ),
    familyOf("signalbox_transitions_total", transitions),
    familyOf("signalbox_errors_total", errorSamples(services, moves)),
  ];
}

export function nameOf({ host, name }: Pick<ServiceFigures, "host" | "name">) {
  return { host, service: name };
}

/** The states of its machine; a kind that this version does not know has the one that it is in. */
export function statesOf({ kind, state }: Pick<ServiceFigures, "kind" | "state">): readonly string[] {
  const declared = declaredStates.get(kind) ?? [];
  return state === null || declared.includes(state) ? declared : [...declared, state];
}

function stateSamples(service: ServiceFigures): Sample[] {
  const { host, name, kind, state: current } = service;
  return statesOf(service).map((state) => ({
    labels: { host, service: name, kind, state },
    value: state === current ? 1 : 0,
  }));
}

function healthSamples(service: ServiceFigures): Sample[] {
  if (service.health === null || service.health === "unknown") return [];
  return healthStatuses.map((status) => ({
    labels: { ...nameOf(service), status },
    value: status === service.health ? 1 : 0,
  }));
}

/**
 * From 0 on for every service: a rate over the first error needs what stood before it. A first sight in
 * Error (`from` is empty) is no move into it.
 */
function errorSamples(services: readonly ServiceFigures[], moves: MetricsSnapshot["moves"]): Sample[] {
  const errors = new Map<number, number>();
  for (const { serviceId, from, to, count } of moves)
    if (to === errorState && from !== errorState && from !== "")
      errors.set(serviceId, (errors.get(serviceId) ?? 0) + count);
  return services.map((service) => ({ labels: nameOf(service), value: errors.get(service.id) ?? 0 }));
}
