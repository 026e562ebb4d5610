import type { UnitFact, UnitProperties } from "../unit-facts";

/**
 * In a capture it can be read on whether a job turns out to be a stop or a restart, where a live watch
 * has to wait for it. Adds that to the first sight of each such job.
 */
export function tellJobTypes(facts: readonly UnitFact[]): UnitFact[] {
  const types = typesIn(facts);
  const told = new Set<number>();
  return facts.flatMap((fact): UnitFact[] => {
    const job = jobOf(fact);
    const type = job === null ? undefined : types.get(job);
    if (job === null || type === undefined || told.has(job)) return [fact];
    told.add(job);
    return [fact, { seen: fact.seen, tag: "job", job, type }];
  });
}

const upStates: readonly (string | undefined)[] = ["active", "activating", "reloading"];

function jobOf(fact: UnitFact): number | null {
  if (fact.tag === "job-new") return fact.job;
  return (fact.tag === "properties" && fact.properties.job) || null;
}

/** Of jobs that came while it was up and brought it down: whether they then waited or named a new invocation. */
function typesIn(facts: readonly UnitFact[]): Map<number, "stop" | "restart"> {
  const types = new Map<number, "stop" | "restart">();
  const seen = new Set<number>();
  const cameUp = new Set<number>();
  let now: UnitProperties = {};
  let downUnder: { readonly job: number; readonly invocation: string } | null = null;
  for (const fact of facts) {
    const job = jobOf(fact);
    if (fact.tag === "properties") now = { ...now, ...fact.properties };
    if (job !== null && !seen.has(job)) {
      seen.add(job);
      if (upStates.includes(now.activeState)) cameUp.add(job);
    }
    const down = now.activeState === "inactive" || now.activeState === "failed";
    if (!down) downUnder = null;
    else if (downUnder === null && now.job && cameUp.has(now.job))
      downUnder = { job: now.job, invocation: now.invocation ?? "" };
    if (downUnder === null) continue;
    const waits = fact.tag === "job" && fact.job === downUnder.job && fact.state === "waiting";
    const again = now.job === downUnder.job && (now.invocation ?? "") !== downUnder.invocation;
    if (waits || again) types.set(downUnder.job, "restart");
    else if (fact.tag === "job-removed" && fact.job === downUnder.job && !types.has(fact.job))
      types.set(fact.job, "stop");
  }
  return types;
}
