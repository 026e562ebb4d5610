import type { Panel } from "./panel";

/** How Signalbox itself does. */
export const ownPanels: readonly Panel[] = [
  {
    type: "timeseries",
    title: "Change to database",
    description: "From when an engine was told of a change until it was committed.",
    width: 8,
    height: 7,
    unit: "s",
    targets: [0.5, 0.95, 0.99].map((share) => ({
      expr: `histogram_quantile(${share}, sum by (le) (rate(signalbox_change_to_database_seconds_bucket[$__rate_interval])))`,
      legend: `p${share * 100}`,
    })),
  },
  {
    type: "timeseries",
    title: "Event loop lag, 99th percentile",
    description: "How much later than wanted timers ran.",
    width: 8,
    height: 7,
    unit: "s",
    targets: [
      {
        expr: "histogram_quantile(0.99, sum by (le, process) (rate(signalbox_event_loop_lag_seconds_bucket[$__rate_interval])))",
        legend: "{{process}}",
      },
    ],
  },
  {
    type: "timeseries",
    title: "Memory",
    description: "Resident memory of each process.",
    width: 8,
    height: 7,
    unit: "bytes",
    targets: [{ expr: "signalbox_process_resident_memory_bytes", legend: "{{process}} {{engine}}" }],
  },
  {
    type: "timeseries",
    title: "Processor",
    description: "Of one core.",
    width: 8,
    height: 7,
    unit: "percentunit",
    targets: [
      {
        expr: "rate(signalbox_process_cpu_seconds_total[$__rate_interval])",
        legend: "{{process}} {{engine}}",
      },
    ],
  },
  {
    type: "timeseries",
    title: "What waits",
    description: "Seen and not yet written; told and not yet sent; commanded and not yet ended.",
    width: 8,
    height: 7,
    targets: [
      { expr: "signalbox_recorder_backlog", legend: "to be written {{engine}}" },
      { expr: "signalbox_notifications_queued", legend: "to be sent {{channel}}" },
      { expr: "sum(signalbox_commands_under_way)", legend: "commands" },
    ],
  },
  {
    type: "timeseries",
    title: "Engines, live streams, database",
    description: "Engines that are heard, streams that are served, and whether the database answers.",
    width: 8,
    height: 7,
    targets: [
      { expr: "signalbox_engines_running", legend: "engines" },
      { expr: "signalbox_feed_subscribers", legend: "live streams" },
      { expr: "signalbox_database_up", legend: "database" },
    ],
  },
];
