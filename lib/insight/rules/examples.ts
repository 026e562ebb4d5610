import { service } from "../../machine/kinds/service";
import { judgeThrash } from "../thrash/judge";
import { emptyRecord } from "../thrash/record";
import type { ServicePicture } from "./picture";
import type { Rule, ServiceRule } from "./rule";
import { defaultLimits, ruleOf } from "./table";

/** What tests of the rules begin with. */

const thrashLimits = { errors: 3, withinMs: 600_000 };

/** A service that is well. */
export function wellPicture(changes: Partial<ServicePicture> = {}): ServicePicture {
  return {
    id: "edge/web",
    machine: service,
    state: "Running",
    since: 0,
    seenMs: 3_600_000,
    cause: { kind: "operator", detail: "started by anna: held for 1 s" },
    health: { status: "ok", detail: "answers", since: 0, seenMs: 3_600_000 },
    application: null,
    thrash: judgeThrash(emptyRecord, 0, thrashLimits, []),
    thrashLimits,
    failed: null,
    usualMs: null,
    limits: defaultLimits,
    ...changes,
  };
}

export function serviceRule(id: string): ServiceRule {
  const rule: Rule | undefined = ruleOf(id);
  if (rule?.about !== "service") throw new Error(`there is no rule ${id} about services`);
  return rule;
}
