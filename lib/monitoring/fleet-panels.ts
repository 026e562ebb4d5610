import type { Panel } from "./panel";
import { everyState } from "./state-colours";

const chosen = 'host=~"$host", service=~"$service"';
const bars = { drawStyle: "bars", fillOpacity: 80, lineWidth: 0, stacking: { mode: "normal" } };

/** What the fleet does. @param colours by state. */
export function fleetPanels(colours: Readonly<Record<string, string>>): Panel[] {
  const coloured = Object.entries(colours).map(([state, color]) => ({
    matcher: { id: "byName", options: state },
    properties: [{ id: "color", value: { mode: "fixed", fixedColor: color } }],
  }));
  return [
    {
      type: "stat",
      title: "Services by state",
      description: "How many services are in each state now.",
      width: 12,
      height: 4,
      targets: [{ expr: `sum by (state) (signalbox_service_state{${chosen}}) > 0`, legend: "{{state}}" }],
      overrides: coloured,
      options: { colorMode: "value", textMode: "value_and_name", reduceOptions: { calcs: ["lastNotNull"] } },
    },
    count("Alerts that fire", "By Signalbox's own rules.", "count(signalbox_alert_firing == 1) or vector(0)"),
    count(
      "Hosts out of contact",
      "What happens on them is not seen now.",
      'count(signalbox_host_contact{host=~"$host"} == 0) or vector(0)',
    ),
    count(
      "Thrashing services",
      "In a crash loop, or flapping.",
      `sum(signalbox_service_thrashing{${chosen}})`,
    ),
    {
      type: "state-timeline",
      title: "States over time",
      description: "The state of each service. Where nothing was scraped there is nothing.",
      width: 24,
      height: 11,
      targets: [{ expr: numberedStates(), legend: "{{host}}/{{service}}" }],
      mappings: [
        {
          type: "value",
          options: Object.fromEntries(
            everyState.map((state, n) => [String(n), { text: state, color: colours[state], index: n }]),
          ),
        },
      ],
      custom: { fillOpacity: 85, lineWidth: 0 },
      options: { mergeValues: true, showValue: "never", rowHeight: 0.8, legend: { showLegend: true } },
    },
    {
      type: "table",
      title: "Alerts that fire now",
      description: "Acknowledged and silenced ones included.",
      width: 8,
      height: 8,
      targets: [{ expr: "signalbox_alert_firing == 1", legend: "", instant: true }],
      transformations: [
        {
          id: "organize",
          options: { excludeByName: { Time: true, Value: true, __name__: true, job: true, instance: true } },
        },
      ],
    },
    {
      type: "timeseries",
      title: "Moves by cause",
      description: "How often services changed their state, and who or what made them.",
      width: 8,
      height: 8,
      targets: [
        {
          expr: `sum by (cause) (increase(signalbox_transitions_total{${chosen}}[$__rate_interval]))`,
          legend: "{{cause}}",
        },
      ],
      custom: bars,
    },
    {
      type: "timeseries",
      title: "Errors",
      description: "How often services came into Error; the ten that did most.",
      width: 8,
      height: 8,
      targets: [
        {
          expr: `topk(10, increase(signalbox_errors_total{${chosen}}[$__rate_interval]) > 0)`,
          legend: "{{host}}/{{service}}",
        },
      ],
      custom: bars,
    },
    {
      type: "piechart",
      title: "Time in state",
      description: "Of all that was observed in the span shown.",
      width: 8,
      height: 8,
      unit: "s",
      targets: [
        {
          expr: `sum by (state) (increase(signalbox_state_seconds_total{${chosen}}[$__range])) > 0`,
          legend: "{{state}}",
        },
      ],
      overrides: coloured,
      options: {
        pieType: "donut",
        reduceOptions: { calcs: ["lastNotNull"] },
        legend: { displayMode: "table", values: ["value", "percent"] },
      },
    },
    {
      type: "bargauge",
      title: "Least time running",
      description: "The ten services that ran for the smallest share of what was observed in the span shown.",
      width: 8,
      height: 8,
      unit: "percentunit",
      targets: [
        {
          expr: `bottomk(10, sum by (host, service) (increase(signalbox_state_seconds_total{${chosen}, state=~"Running|Consensus"}[$__range])) / (sum by (host, service) (increase(signalbox_state_seconds_total{${chosen}}[$__range])) > 0))`,
          legend: "{{host}}/{{service}}",
        },
      ],
      options: { orientation: "horizontal", reduceOptions: { calcs: ["lastNotNull"] } },
    },
    {
      type: "timeseries",
      title: "Commands",
      description: "How the commands of operators ended.",
      width: 8,
      height: 8,
      targets: [
        {
          expr: "sum by (event, status) (increase(signalbox_commands_total[$__rate_interval])) > 0",
          legend: "{{event}} {{status}}",
        },
      ],
      custom: bars,
    },
  ];
}

function count(title: string, description: string, expr: string): Panel {
  return {
    type: "stat",
    title,
    description,
    width: 4,
    height: 4,
    targets: [{ expr, legend: title }],
    options: { colorMode: "value", reduceOptions: { calcs: ["lastNotNull"] } },
  };
}

/** One series for each service: the number of its state. Grafana names and colours the numbers. */
function numberedStates(): string {
  const each = everyState.map(
    (state, n) => `(signalbox_service_state{${chosen}, state="${state}"} == 1) * ${n}`,
  );
  return `max by (host, service) (${each.join(" or ")})`;
}
