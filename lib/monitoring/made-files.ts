import { readFileSync } from "node:fs";
import path from "node:path";
import { rules } from "../insight/rules/table";
import { grafanaDashboard } from "./dashboard";
import { withMetricsTable } from "./metrics-table";
import { prometheusRules } from "./prometheus-rules";
import { stateColours } from "./state-colours";

/**
 * What others' monitoring takes from Signalbox, made of the tables that the product itself uses.
 * @param root the project's folder.
 * @returns the text of each file, by its path in the project.
 */
export function madeFiles(root: string): Readonly<Record<string, string>> {
  const read = (file: string) => readFileSync(path.join(root, file), "utf8");
  return {
    "docs/prometheus/signalbox-rules.yml": prometheusRules(rules),
    "docs/grafana/signalbox.json": grafanaDashboard(stateColours(read("app/globals.css"))),
    "docs/monitoring.md": withMetricsTable(read("docs/monitoring.md")),
  };
}
