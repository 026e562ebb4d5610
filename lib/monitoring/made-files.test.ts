import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { rules } from "../insight/rules/table";
import { catalogue, metricNames } from "../metrics/catalogue";
import { madeFiles } from "./made-files";
import { withMetricsTable } from "./metrics-table";
import { alertName, prometheusRules, prometheusSpan } from "./prometheus-rules";
import { ruleExpressions } from "./rule-expressions";
import { everyState, stateColours } from "./state-colours";

const root = path.resolve(import.meta.dirname, "../..");
const made = madeFiles(root);

test.each(Object.keys(made))("%s is what `npm run monitoring` writes", (file) => {
  expect(readFileSync(path.join(root, file), "utf8")).toBe(made[file]);
});

describe("the rules", () => {
  test("each of Signalbox's own has an expression, and none is left over", () => {
    expect(Object.keys(ruleExpressions).sort()).toEqual(rules.map(({ id }) => id).sort());
  });

  test("a rule without an expression is refused by name", () => {
    const [rule] = rules;
    if (!rule) throw new Error("there are no rules");
    expect(() => prometheusRules([{ ...rule, id: "of-tomorrow" }])).toThrow(/of-tomorrow.*rule-expressions/);
  });

  test("names and spans are Prometheus'", () => {
    expect(alertName("health-failing")).toBe("SignalboxHealthFailing");
    expect([300_000, 90_000, 3_600_000, 1_500, 0].map(prometheusSpan)).toEqual([
      "5m",
      "1m30s",
      "1h",
      "1s500ms",
      "0s",
    ]);
  });
});

test("rules and dashboard ask for metrics and labels that are told", () => {
  const known = new Set<string>(metricNames);
  const labels = new Set<string>(Object.values(catalogue).flatMap((each) => [...each.labels]));
  const text = `${made["docs/prometheus/signalbox-rules.yml"]}${made["docs/grafana/signalbox.json"]}`;
  for (const [name] of text.matchAll(/signalbox_[a-z_]+/g))
    expect(known).toContain(name.replace(/_(bucket|sum|count)$/, ""));
  for (const [, selector = ""] of text.matchAll(/signalbox_[a-z_]+\{([^}]*)\}/g))
    for (const [, label = ""] of selector.matchAll(/([a-z_]+)=~?\\?"/g)) expect(labels).toContain(label);
});

test("every metric has a place on the dashboard or in a rule, but what explains another", () => {
  const text = `${made["docs/prometheus/signalbox-rules.yml"]}${made["docs/grafana/signalbox.json"]}`;
  const unused = metricNames.filter((name) => !text.includes(name));
  expect(unused).toEqual(["signalbox_service_state_since_seconds", "signalbox_process_start_time_seconds"]);
});

describe("the dashboard", () => {
  const dashboard = JSON.parse(made["docs/grafana/signalbox.json"] ?? "") as {
    panels: {
      id: number;
      title: string;
      description: string;
      gridPos: Record<"x" | "y" | "w" | "h", number>;
    }[];
  };

  test("has panels that do not overlap, each with words for what it shows", () => {
    const taken = new Set<string>();
    for (const { description, gridPos } of dashboard.panels) {
      expect(description).toMatch(/\.$/);
      for (let x = gridPos.x; x < gridPos.x + gridPos.w; x += 1)
        for (let y = gridPos.y; y < gridPos.y + gridPos.h; y += 1) {
          expect(x).toBeLessThan(24);
          expect(taken).not.toContain(`${x} ${y}`);
          taken.add(`${x} ${y}`);
        }
    }
    expect(new Set(dashboard.panels.map(({ id }) => id)).size).toBe(dashboard.panels.length);
  });

  test("shows every state in its lamp's colour", () => {
    const colours = stateColours(readFileSync(path.join(root, "app/globals.css"), "utf8"));
    expect(Object.keys(colours)).toEqual(everyState);
    expect(() => stateColours("")).toThrow(/no colour for the state Stopped/);
  });
});

test("a page without a place for the table is refused", () => {
  expect(() => withMetricsTable("# A page")).toThrow(/lacks/);
});
