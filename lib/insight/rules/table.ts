import { applicationRules } from "./application-rules";
import { eventRules } from "./event-rules";
import { groupRules } from "./group-rules";
import { healthRules } from "./health-rules";
import { hostRules } from "./host-rules";
import type { Limits } from "./picture";
import type { Rule, RuleLimit, ServiceRule } from "./rule";
import { stateRules } from "./state-rules";

/**
 * Every rule there is, those of the specification first. The keys of the configuration, the list
 * that the API gives, and the rules for Prometheus are made of this table: a rule that is added to
 * it has all of them.
 */
export const serviceRules: readonly ServiceRule[] = [
  ...stateRules,
  ...eventRules,
  ...healthRules,
  ...applicationRules,
].sort((left, right) => Number(right.origin === "specified") - Number(left.origin === "specified"));

export const rules: readonly Rule[] = [...serviceRules, ...groupRules, ...hostRules];

export function ruleOf(id: string): Rule | undefined {
  return rules.find((rule) => rule.id === id);
}

export const defaultLimits: Limits = Object.fromEntries(
  rules.map(({ limit }) => [limit.key, defaultOf(limit)] as const),
);

function defaultOf(limit: RuleLimit): number | null {
  switch (limit.tag) {
    case "duration":
      return limit.defaultMs;
    case "switch":
      return limit.on ? 0 : null;
    case "thrash":
      return 0;
  }
}
