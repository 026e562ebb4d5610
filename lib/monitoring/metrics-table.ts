import { catalogue, metricNames } from "../metrics/catalogue";

const begin = "<!-- the table below is made by `npm run monitoring` -->";
const end = "<!-- until here -->";

/**
 * The page with its table of metrics made anew.
 * @throws Error for a page that has no place for it.
 */
export function withMetricsTable(page: string): string {
  const [from, to] = [page.indexOf(begin), page.indexOf(end)];
  if (from === -1 || to < from) throw new Error(`The page lacks ${begin} … ${end}.`);
  return `${page.slice(0, from + begin.length)}\n\n${metricsTable()}\n\n${page.slice(to)}`;
}

function metricsTable(): string {
  const rows = metricNames.map((name) => {
    const { type, labels, help } = catalogue[name];
    return `| \`${name}\` | ${type} | ${labels.join(", ")} | ${help} |`;
  });
  return ["| metric | type | labels | |", "|---|---|---|---|", ...rows].join("\n");
}
