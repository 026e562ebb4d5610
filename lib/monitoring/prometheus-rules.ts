import { stringify } from "yaml";
import type { Rule } from "../insight/rules/rule";
import { ownRules } from "./own-rules";
import { ruleExpressions } from "./rule-expressions";

type Row = Pick<Rule, "id" | "title" | "severity" | "about" | "limit" | "todo">;

const head = `# Signalbox's alert rules for Prometheus, at their default limits.
# Made by \`npm run monitoring\` from the table that Signalbox itself alerts by: edit a copy.
`;

/**
 * The rule file for Prometheus: what Signalbox alerts of, and what only Prometheus can notice of it.
 * @throws Error for a rule that nobody has put into PromQL.
 */
export function prometheusRules(rules: readonly Row[]): string {
  const groups = [
    { name: "signalbox", rules: rules.map(alertOf) },
    {
      name: "signalbox-itself",
      rules: ownRules.map(({ severity, summary, description, ...rule }) => ({
        ...rule,
        labels: { severity },
        annotations: { summary, description },
      })),
    },
  ];
  return head + stringify({ groups }, { lineWidth: 0 });
}

function alertOf({ id, title, severity, about, limit, todo }: Row) {
  const expr = ruleExpressions[id];
  if (expr === undefined)
    throw new Error(
      `The rule ${id} has no PromQL expression: add one to lib/monitoring/rule-expressions.ts.`,
    );
  return {
    alert: alertName(id),
    expr,
    ...(limit.tag === "duration" && { for: prometheusSpan(limit.defaultMs) }),
    labels: { severity, rule: id },
    annotations: { summary: `${whose(about)}: ${title}`, description: todo },
  };
}

/** `health-failing` is `SignalboxHealthFailing`. */
export function alertName(id: string): string {
  const words = id.split("-").map((word) => word.charAt(0).toUpperCase() + word.slice(1));
  return `Signalbox${words.join("")}`;
}

function whose(about: Row["about"]): string {
  switch (about) {
    case "service":
      return "{{ $labels.host }}/{{ $labels.service }}";
    case "host":
      return "{{ $labels.host }}";
    case "group":
      return "{{ $labels.group }}";
  }
}

/** Whole milliseconds as Prometheus writes spans: `5m`, `1m30s`, `250ms`. */
export function prometheusSpan(ms: number): string {
  let rest = ms;
  let text = "";
  for (const [unit, length] of [
    ["h", 3_600_000],
    ["m", 60_000],
    ["s", 1000],
    ["ms", 1],
  ] as const) {
    if (rest >= length) text += `${Math.floor(rest / length)}${unit}`;
    rest %= length;
  }
  return text || "0s";
}
