import { applicationPanels } from "./application-panels";
import { fleetPanels } from "./fleet-panels";
import { ownPanels } from "./own-panels";
import { layOut } from "./panel";

const source = { type: "prometheus", uid: "$datasource" };

/** Grafana's dashboard of the fleet and of Signalbox itself, as its import takes it. */
export function grafanaDashboard(colours: Readonly<Record<string, string>>): string {
  const dashboard = {
    title: "Signalbox",
    uid: "signalbox",
    description:
      "The states, moves and alerts of every service, and Signalbox itself. Made by `npm run monitoring`.",
    tags: ["signalbox"],
    schemaVersion: 39,
    version: 1,
    editable: true,
    graphTooltip: 1,
    refresh: "30s",
    time: { from: "now-24h", to: "now" },
    timezone: "browser",
    templating: {
      list: [
        { name: "datasource", label: "Data source", type: "datasource", query: "prometheus" },
        chooser("host", "Host", "label_values(signalbox_service_state, host)"),
        chooser("service", "Service", 'label_values(signalbox_service_state{host=~"$host"}, service)'),
      ],
    },
    panels: layOut([...fleetPanels(colours), ...applicationPanels, ...ownPanels]),
  };
  return `${JSON.stringify(dashboard, null, 2)}\n`;
}

function chooser(name: string, label: string, query: string) {
  return {
    name,
    label,
    type: "query",
    datasource: source,
    query: { query, refId: name },
    definition: query,
    refresh: 2,
    sort: 1,
    multi: true,
    includeAll: true,
    allValue: ".*",
    current: { text: ["All"], value: ["$__all"] },
  };
}
