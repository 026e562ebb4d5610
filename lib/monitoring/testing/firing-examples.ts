/** What a scrape every 15 s has to see for an alert to fire, and when it does and does not yet. */
interface Example {
  readonly series: Readonly<Record<string, string>>;
  readonly firesAt: string;
  readonly quietAt?: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Series on which it must not fire, however long they last. */
  readonly unseen?: readonly Readonly<Record<string, string>>[];
}

const echo = 'host="toys",service="echo"';
const always = (value: number) => `${value}x400`;
const contact = { 'signalbox_host_contact{host="toys"}': always(1) };
const lost = { 'signalbox_host_contact{host="toys"}': always(0) };
const inState = (state: string) => ({
  [`signalbox_service_state{${echo},kind="service",state="${state}"}`]: always(1),
});
const ofEcho = (severity: string) => ({ host: "toys", service: "echo", severity });

function lastsIn(state: string, severity: string, firesAt: string, quietAt: string): Example {
  const series = { ...contact, ...inState(state) };
  return { series, firesAt, quietAt, labels: ofEcho(severity), unseen: [{ ...inState(state), ...lost }] };
}

function health(status: string, severity: string): Example {
  const said = { [`signalbox_service_health{${echo},status="${status}"}`]: always(1) };
  return {
    series: { ...contact, ...inState("Running"), ...said },
    firesAt: "5m",
    quietAt: "4m45s",
    labels: ofEcho(severity),
    unseen: [
      { ...contact, ...inState("Starting"), ...said },
      { ...lost, ...inState("Running"), ...said },
    ],
  };
}

function bySignalbox(rule: string, severity: string): Example {
  const series = { [`signalbox_alert_firing{rule="${rule}",${echo}}`]: `_x3 ${always(1)}` };
  return { series, firesAt: "1m", quietAt: "30s", labels: ofEcho(severity) };
}

const besu = (state: string) => ({
  [`signalbox_service_state{${echo},kind="besu",state="${state}"}`]: always(1),
});
const height = (values: string) => ({ [`signalbox_besu_block_height{${echo}}`]: values });
const margin = (value: number) => ({ 'signalbox_group_quorum_margin{group="chain"}': always(value) });
const missing = (count: number) => ({
  'signalbox_group_validators{group="chain",what="missing"}': always(count),
});
const ofChain = (severity: string) => ({ group: "chain", severity });

export const firingExamples: Readonly<Record<string, Example>> = {
  SignalboxError: lastsIn("Error", "critical", "5m", "4m45s"),
  SignalboxStarting: lastsIn("Starting", "warning", "10m", "9m45s"),
  SignalboxStopping: lastsIn("Stopping", "warning", "2m", "1m45s"),
  SignalboxReconnecting: lastsIn("Reconnecting", "warning", "2m", "1m45s"),
  SignalboxTruthsDisagree: {
    series: { ...contact, [`signalbox_truths_disagree{${echo}}`]: always(1) },
    firesAt: "2m",
    quietAt: "1m45s",
    labels: ofEcho("critical"),
    unseen: [{ ...lost, [`signalbox_truths_disagree{${echo}}`]: always(1) }],
  },
  SignalboxSyncStalled: {
    series: { ...contact, ...besu("Syncing"), ...height("100+10x8 180x400") },
    firesAt: "14m",
    quietAt: "12m",
    labels: ofEcho("warning"),
    unseen: [
      { ...contact, ...besu("Syncing"), ...height("100+1x400") },
      { ...contact, ...besu("Syncing") },
      { ...contact, ...besu("Running"), ...height(always(180)) },
      { ...lost, ...besu("Syncing"), ...height(always(180)) },
    ],
  },
  SignalboxValidatorIdle: {
    series: { ...contact, ...besu("Running"), [`signalbox_besu_participating{${echo}}`]: always(0) },
    firesAt: "5m",
    quietAt: "4m45s",
    labels: ofEcho("warning"),
    unseen: [
      { ...contact, ...besu("Syncing"), [`signalbox_besu_participating{${echo}}`]: always(0) },
      { ...contact, ...besu("Consensus"), [`signalbox_besu_participating{${echo}}`]: always(1) },
    ],
  },
  SignalboxQuorumRisk: {
    series: { ...margin(0), ...missing(1) },
    firesAt: "1m",
    quietAt: "45s",
    labels: ofChain("warning"),
    unseen: [{ ...margin(1), ...missing(0) }, { ...margin(0), ...missing(0) }, missing(1)],
  },
  SignalboxQuorumLost: {
    series: { ...margin(-1), ...missing(2) },
    firesAt: "1m",
    quietAt: "0s",
    labels: ofChain("critical"),
    unseen: [{ ...margin(0), ...missing(1) }],
  },
  SignalboxThrash: {
    series: { ...contact, [`signalbox_service_thrashing{${echo}}`]: "0x4 1x400" },
    firesAt: "2m",
    quietAt: "45s",
    labels: ofEcho("warning"),
    unseen: [{ ...lost, [`signalbox_service_thrashing{${echo}}`]: always(1) }],
  },
  SignalboxHealthFailing: health("failing", "critical"),
  SignalboxHealthDegraded: health("degraded", "warning"),
  SignalboxCommandFailed: bySignalbox("command-failed", "warning"),
  SignalboxUnusual: bySignalbox("unusual", "info"),
  SignalboxContact: {
    series: { ...lost, signalbox_engines_running: always(1) },
    firesAt: "1m",
    quietAt: "45s",
    labels: { host: "toys", severity: "critical" },
    // Without an engine it is that which is told.
    unseen: [{ ...lost, signalbox_engines_running: always(0) }],
  },
  SignalboxDown: {
    series: { 'up{job="signalbox",instance="127.0.0.1:4600"}': always(0) },
    firesAt: "1m",
    quietAt: "45s",
    labels: { severity: "critical" },
    unseen: [{ 'up{job="another",instance="127.0.0.1:9100"}': always(0) }],
  },
  SignalboxDatabaseDown: {
    series: { signalbox_database_up: always(0) },
    firesAt: "1m",
    quietAt: "45s",
    labels: { severity: "critical" },
  },
  SignalboxEngineSilent: {
    series: { signalbox_engines_running: always(0) },
    firesAt: "1m",
    quietAt: "45s",
    labels: { severity: "critical" },
  },
  SignalboxRecordingLate: {
    series: { 'signalbox_recorder_backlog{process="engine",engine="box 1"}': "0x8 700x400" },
    firesAt: "8m",
    quietAt: "5m",
    labels: { severity: "warning", engine: "box 1" },
  },
  SignalboxNotificationsWaiting: {
    series: { 'signalbox_notifications_queued{channel="ops"}': "0x8 2x400" },
    firesAt: "18m",
    quietAt: "10m",
    labels: { severity: "warning", channel: "ops" },
  },
};
