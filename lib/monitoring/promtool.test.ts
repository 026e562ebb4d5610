import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { stringify } from "yaml";
import { describeWithPrometheus } from "../../e2e/support/monitoring/describe-with-prometheus";
import { run } from "../../e2e/support/systemd/run";
import { rules } from "../insight/rules/table";
import { ownRules } from "./own-rules";
import { alertName } from "./prometheus-rules";
import { firingExamples } from "./testing/firing-examples";

const docs = path.resolve(import.meta.dirname, "../../docs");
const rulesFile = path.join(docs, "prometheus/signalbox-rules.yml");
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), "sb-promtool-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function promtool(verb: string, what: string, text: unknown) {
  const file = path.join(folder, `${what}.yml`);
  writeFileSync(file, stringify(text, { lineWidth: 0 }));
  return run(["/usr/bin/promtool", verb, what, file]);
}

describeWithPrometheus("Prometheus' own tool", () => {
  it("takes the rule file without a complaint", async () => {
    const { code, stdout, stderr } = await run(["/usr/bin/promtool", "check", "rules", rulesFile]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toContain(`SUCCESS: ${rules.length + ownRules.length} rules found`);
  });

  it("takes every query of the dashboard", async () => {
    const text = readFileSync(path.join(docs, "grafana/signalbox.json"), "utf8");
    const { panels } = JSON.parse(text) as { panels: { targets: { expr: string }[] }[] };
    const queries = panels.flatMap(({ targets }) => targets.map(({ expr }) => expr));
    const recorded = queries.map((expr, n) => ({
      record: `query:${n}`,
      expr: expr.replaceAll(/\$__(rate_interval|range)/g, "5m").replaceAll(/\$(host|service)/g, ".*"),
    }));
    const answer = await promtool("check", "rules", { groups: [{ name: "dashboard", rules: recorded }] });
    expect(answer).toMatchObject({ code: 0, stderr: "" });
    expect(answer.stdout).toContain(`SUCCESS: ${queries.length} rules found`);
  });

  it("has an example for every rule", () => {
    const names = [...rules.map(({ id }) => alertName(id)), ...ownRules.map(({ alert }) => alert)];
    expect(Object.keys(firingExamples).sort()).toEqual(names.sort());
  });

  it("sees each rule fire when its limit has passed and not before, and on nothing that was not seen", async () => {
    const tests = Object.entries(firingExamples).flatMap(([alertname, example]) => [
      ...[
        { at: example.firesAt, labels: [example.labels] },
        ...(example.quietAt === undefined ? [] : [{ at: example.quietAt, labels: [] }]),
      ].map(({ at, labels }) => testOf(alertname, example.series, at, labels)),
      ...(example.unseen ?? []).map((series) => testOf(alertname, series, "1h", [])),
    ]);
    const answer = await promtool("test", "rules", { rule_files: [rulesFile], tests });
    expect(answer, answer.stdout + answer.stderr).toMatchObject({ code: 0 });
  });
});

function testOf(
  alertname: string,
  series: Readonly<Record<string, string>>,
  at: string,
  firing: readonly Readonly<Record<string, string>>[],
) {
  return {
    interval: "15s",
    input_series: Object.entries(series).map(([name, values]) => ({ series: name, values })),
    promql_expr_test: [
      {
        expr: `count by (alertname, alertstate, host, service, group, severity, channel, engine) (ALERTS{alertname="${alertname}", alertstate="firing"})`,
        eval_time: at,
        exp_samples: firing.map((labels) => ({
          labels: `{${Object.entries({ alertname, alertstate: "firing", ...labels })
            .map(([name, value]) => `${name}="${value}"`)
            .join(", ")}}`,
          value: 1,
        })),
      },
    ],
  };
}
