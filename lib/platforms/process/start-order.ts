/**
 * The services in the order in which they start: each after those it names in `after`. Names that
 * are not there do not count. In a circle, which the configuration refuses anyway, the one that
 * stands first goes first.
 */
export function startOrder<Spec extends { readonly name: string; readonly after: readonly string[] }>(
  specs: readonly Spec[],
): Spec[] {
  const byName = new Map(specs.map((spec) => [spec.name, spec]));
  const ordered = new Set<Spec>();
  const entered = new Set<Spec>();
  const visit = (spec: Spec): void => {
    if (entered.has(spec)) return;
    entered.add(spec);
    for (const name of spec.after) {
      const predecessor = byName.get(name);
      if (predecessor !== undefined) visit(predecessor);
    }
    ordered.add(spec);
  };
  for (const spec of specs) visit(spec);
  return [...ordered];
}
