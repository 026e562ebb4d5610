/**
 * Every metric that `GET /metrics` tells (CONTRACT.md, "Metrics"): what is written at a scrape, what the
 * documentation lists and what dashboards and rules may ask for are this one table.
 */
interface Definition {
  readonly type: "counter" | "gauge" | "histogram";
  readonly labels: readonly string[];
  readonly help: string;
}

const ofService = ["host", "service"] as const;
const ofProcess = ["process", "engine"] as const;

export const catalogue = {
  signalbox_service_state: {
    type: "gauge",
    labels: [...ofService, "kind", "state"],
    help: "1 for the state that the service is in, 0 for every other state of its machine. A host out of contact keeps the state that was seen last.",
  },
  signalbox_service_state_since_seconds: {
    type: "gauge",
    labels: ofService,
    help: "When the service came into its present state, in Unix time, by its host's clock.",
  },
  signalbox_service_health: {
    type: "gauge",
    labels: [...ofService, "status"],
    help: "1 for what the service's own health check says (ok, degraded, failing), else 0. Absent where nothing is checked.",
  },
  signalbox_health_have: {
    type: "gauge",
    labels: ofService,
    help: "How much it has of what it should have, where its health is such a number: connections of a tunnel, for one. Absent while its host is not seen.",
  },
  signalbox_health_want: {
    type: "gauge",
    labels: ofService,
    help: "How much it should have.",
  },
  signalbox_truths_disagree: {
    type: "gauge",
    labels: ofService,
    help: "1 while its process is up and what it says of itself is that it does not work, else 0. Absent where nobody asks it, and while its host is not seen.",
  },
  signalbox_besu_block_height: {
    type: "gauge",
    labels: ofService,
    help: "The number of a node's newest block. Absent, as the next ones are, while it is not known.",
  },
  signalbox_besu_sync_distance_blocks: {
    type: "gauge",
    labels: ofService,
    help: "How many blocks a node is behind the highest that it knows of; 0 while it is in sync.",
  },
  signalbox_besu_peers: {
    type: "gauge",
    labels: ofService,
    help: "How many peers a node has.",
  },
  signalbox_besu_participating: {
    type: "gauge",
    labels: ofService,
    help: "1 while a validator proposes the blocks that it should, else 0. Absent for nodes that are none.",
  },
  signalbox_group_validators: {
    type: "gauge",
    labels: ["group", "what"],
    help: "Validators of a group's chain: all that it has (chain), how many have to take part (needed), are known to (participating), are known not to (missing), and of how many that is not known (unknown).",
  },
  signalbox_group_quorum_margin: {
    type: "gauge",
    labels: ["group"],
    help: "How many more validators may fail before the chain stops; below 0 it has. Absent while that is not known.",
  },
  signalbox_service_thrashing: {
    type: "gauge",
    labels: ofService,
    help: "1 while the service flaps or is in a crash loop, else 0.",
  },
  signalbox_transitions_total: {
    type: "counter",
    labels: [...ofService, "from", "to", "cause"],
    help: "Moves recorded, by the kind of cause that was told first; `from` is empty for a first sight. A series begins with its first move.",
  },
  signalbox_errors_total: {
    type: "counter",
    labels: ofService,
    help: "Moves recorded into Error.",
  },
  signalbox_state_seconds_total: {
    type: "counter",
    labels: [...ofService, "state"],
    help: "Time spent in each state, the present stay included as far as it was observed. What was not observed counts as no state.",
  },
  signalbox_host_contact: {
    type: "gauge",
    labels: ["host"],
    help: "1 while the host is seen, else 0.",
  },
  signalbox_alert_firing: {
    type: "gauge",
    labels: ["rule", ...ofService, "group"],
    help: "1 while an alert is not resolved, acknowledged and silenced ones included; absent otherwise. The service is empty when it is about a host; only one that is about a group has the label group, and the others are empty then.",
  },
  signalbox_commands_total: {
    type: "counter",
    labels: ["event", "status"],
    help: "Commands that ended, by how: proven, failed, timed-out or unknown.",
  },
  signalbox_commands_under_way: {
    type: "gauge",
    labels: ["event"],
    help: "Commands that were asked for and have not ended yet.",
  },
  signalbox_notifications_queued: {
    type: "gauge",
    labels: ["channel"],
    help: "Notifications that still have to be sent through a channel.",
  },
  signalbox_database_up: {
    type: "gauge",
    labels: [],
    help: "1 when the database answered this scrape. While it does not, only this and the web process's own figures are told.",
  },
  signalbox_engines_running: {
    type: "gauge",
    labels: [],
    help: "Engines heard from in the last half minute.",
  },
  signalbox_recorder_backlog: {
    type: "gauge",
    labels: ofProcess,
    help: "What an engine saw and has not yet handed to the database.",
  },
  signalbox_change_to_database_seconds: {
    type: "histogram",
    labels: ofProcess,
    help: "From when an engine was told of a change until it was committed. What is read back from a host's own record is left out.",
  },
  signalbox_feed_subscribers: {
    type: "gauge",
    labels: ofProcess,
    help: "Live streams that this web process serves.",
  },
  signalbox_event_loop_lag_seconds: {
    type: "histogram",
    labels: ofProcess,
    help: "How much later than wanted a timer ran, sampled five times a second.",
  },
  signalbox_process_resident_memory_bytes: {
    type: "gauge",
    labels: ofProcess,
    help: "Resident memory.",
  },
  signalbox_process_cpu_seconds_total: {
    type: "counter",
    labels: ofProcess,
    help: "Processor time, user and system.",
  },
  signalbox_process_start_time_seconds: {
    type: "gauge",
    labels: ofProcess,
    help: "When the process started, in Unix time.",
  },
} as const satisfies Readonly<Record<string, Definition>>;

export type MetricName = keyof typeof catalogue;

export const metricNames = Object.keys(catalogue) as readonly MetricName[];
