import type { Limits } from "../../insight/rules/picture";
import type { Condition, RuleLimit } from "../../insight/rules/rule";
import type { Firing } from "./firing";

/** A rule as it is asked about one service or one host. */
interface Asked {
  readonly id: string;
  readonly isOff: boolean;
  readonly condition: Condition | null;
  /** Why it no longer holds. */
  readonly over: () => string;
}

export type Judgement =
  | { readonly tag: "fire"; readonly rule: string; readonly condition: Condition }
  | { readonly tag: "resolve"; readonly rule: string; readonly firing: Firing; readonly because: string };

interface RuleAbout<P> {
  readonly id: string;
  readonly limit: RuleLimit;
  readonly condition: (picture: P) => Condition | null;
  readonly over: (picture: P) => string;
}

export function askRules<P extends { readonly limits: Limits }>(
  rules: readonly RuleAbout<P>[],
  picture: P,
): Asked[] {
  return rules.map((rule) => ({
    id: rule.id,
    isOff: (picture.limits[rule.limit.key] ?? null) === null,
    condition: rule.condition(picture),
    over: () => rule.over(picture),
  }));
}

/**
 * What is to be told now of what the rules find, and in how much time, in µs, something will be due.
 * @param isHeld whether a condition that is due is expected, and not to be told.
 */
export function judgeAlerts(
  asked: readonly Asked[],
  firing: ReadonlyMap<string, Firing>,
  isHeld: (rule: string, condition: Condition) => boolean,
): { readonly judgements: readonly Judgement[]; readonly dueInUs: number | null } {
  const judgements: Judgement[] = [];
  let dueInUs: number | null = null;
  for (const { id: rule, isOff, condition, over } of asked) {
    const known = firing.get(rule);
    const isSame = condition !== null && (condition.stay === undefined || condition.stay === known?.since);
    if (known && !isSame) {
      const because = isOff
        ? "The rule was switched off."
        : condition === null
          ? over()
          : (condition.whyAnother ?? "It was over, and has begun again.");
      judgements.push({ tag: "resolve", rule, firing: known, because });
    }
    if (condition === null || (known && isSame)) continue;
    const restUs = Math.ceil((condition.afterMs - condition.seenMs) * 1000);
    if (restUs === Number.POSITIVE_INFINITY) continue;
    if (restUs > 0) dueInUs = Math.min(dueInUs ?? restUs, restUs);
    else if (!isHeld(rule, condition)) judgements.push({ tag: "fire", rule, condition });
  }
  return { judgements, dueInUs };
}
