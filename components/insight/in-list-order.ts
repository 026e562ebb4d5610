import type { Service } from "@/lib/wire/service";

const inOrder = new Intl.Collator("en", { numeric: true });

/** What of it occurs among the services, in order. */
export function valuesIn(
  services: readonly Service[],
  of: (service: Service) => string | null,
): readonly string[] {
  const values = new Set(services.map(of).filter((value) => value !== null));
  return [...values].sort(inOrder.compare);
}

/** Services in Error first, then those that thrash, then by group and name. */
export function inListOrder(services: readonly Service[]): readonly Service[] {
  return services.toSorted(
    (left, right) =>
      urgencyOf(right) - urgencyOf(left) ||
      inOrder.compare(left.group ?? "", right.group ?? "") ||
      inOrder.compare(left.name, right.name) ||
      inOrder.compare(left.host, right.host),
  );
}

function urgencyOf({ state, thrash }: Service): number {
  if (state === "Error") return 2;
  return thrash === "none" ? 0 : 1;
}
