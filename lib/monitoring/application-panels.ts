import type { Panel } from "./panel";

const chosen = 'host=~"$host", service=~"$service"';

/** What applications say of themselves: tunnels, nodes, and chains of validators. */
export const applicationPanels: readonly Panel[] = [
  {
    type: "table",
    title: "Process and application disagree",
    description: "Their processes are up, and they say that they do not work.",
    width: 8,
    height: 8,
    targets: [{ expr: `signalbox_truths_disagree{${chosen}} == 1`, legend: "", instant: true }],
    transformations: [
      {
        id: "organize",
        options: { excludeByName: { Time: true, Value: true, __name__: true, job: true, instance: true } },
      },
    ],
  },
  {
    type: "timeseries",
    title: "What they have of what they should have",
    description: "Connections of tunnels, and whatever else counts so; 100 % is all of it.",
    width: 8,
    height: 8,
    unit: "percentunit",
    targets: [
      {
        expr: `signalbox_health_have{${chosen}} / (signalbox_health_want{${chosen}} > 0)`,
        legend: "{{host}}/{{service}}",
      },
    ],
  },
  {
    type: "timeseries",
    title: "Validators that may still fail",
    description: "Of each group: at 0 one more loss stops the chain, below it has stopped.",
    width: 8,
    height: 8,
    targets: [{ expr: "signalbox_group_quorum_margin", legend: "{{group}}" }],
  },
  {
    type: "timeseries",
    title: "Blocks behind",
    description: "How far nodes are from the head of their chain.",
    width: 8,
    height: 8,
    targets: [{ expr: `signalbox_besu_sync_distance_blocks{${chosen}}`, legend: "{{host}}/{{service}}" }],
  },
  {
    type: "timeseries",
    title: "Blocks a second",
    description: "How fast the heads of nodes move.",
    width: 8,
    height: 8,
    targets: [
      {
        expr: `deriv(signalbox_besu_block_height{${chosen}}[$__rate_interval])`,
        legend: "{{host}}/{{service}}",
      },
    ],
  },
  {
    type: "timeseries",
    title: "Peers",
    description: "How many peers nodes have.",
    width: 8,
    height: 8,
    targets: [{ expr: `signalbox_besu_peers{${chosen}}`, legend: "{{host}}/{{service}}" }],
  },
  {
    type: "timeseries",
    title: "Validators by group",
    description: "How many take part, are missing, and are not known; and how many are needed.",
    width: 16,
    height: 8,
    targets: [
      {
        expr: 'signalbox_group_validators{what=~"needed|participating|missing|unknown"}',
        legend: "{{group}} {{what}}",
      },
    ],
  },
  {
    type: "stat",
    title: "Validators that do not propose",
    description: "They run, and do not take part.",
    width: 8,
    height: 8,
    targets: [
      {
        expr: `count(signalbox_besu_participating{${chosen}} == 0) or vector(0)`,
        legend: "Validators that do not propose",
      },
    ],
    options: { colorMode: "value", reduceOptions: { calcs: ["lastNotNull"] } },
  },
];
