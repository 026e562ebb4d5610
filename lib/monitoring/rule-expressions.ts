import { commandTargets } from "../machine/command-targets";
import { kinds, machineOfKind } from "../machine/kinds/machine-of-kind";

/**
 * What each of Signalbox's alert rules is in PromQL, by the rule's id. The limit is not part of it: it
 * becomes the alert's `for`. As in Signalbox, nothing fires on what was not seen.
 */
export const ruleExpressions: Readonly<Record<string, string>> = {
  error: seen(inState("Error")),
  starting: seen(inState("Starting")),
  stopping: seen(inState("Stopping")),
  reconnecting: seen(inState("Reconnecting")),
  thrash: seen("signalbox_service_thrashing == 1"),
  "health-failing": whileRunning('signalbox_service_health{status="failing"} == 1'),
  "health-degraded": whileRunning('signalbox_service_health{status="degraded"} == 1'),
  "truths-disagree": seen("signalbox_truths_disagree == 1"),
  // A head that has not moved for two scrapes and more; one whose height is not known has no series.
  "sync-stalled": seen(
    `(${inState("Syncing")}) and on (host, service) (changes(signalbox_besu_block_height[1m]) == 0)`,
  ),
  "validator-idle": whileRunning("signalbox_besu_participating == 0"),
  // Neither has a series while it is not known how the validators stand.
  "quorum-lost": "signalbox_group_quorum_margin < 0",
  "quorum-risk":
    'signalbox_group_quorum_margin == 0 and on (group) (signalbox_group_validators{what="missing"} > 0)',
  // Without an engine no host is seen: that is one alert of its own, not one for each host.
  contact: "(signalbox_host_contact == 0) unless on (job, instance) (signalbox_engines_running == 0)",
  // Whose command it was, and what is usual for a service, only Signalbox knows: its own word is taken.
  "command-failed": bySignalbox("command-failed"),
  unusual: bySignalbox("unusual"),
};

function inState(state: string): string {
  return `signalbox_service_state{state="${state}"} == 1`;
}

function seen(expression: string): string {
  return `(${expression}) and on (host) (signalbox_host_contact == 1)`;
}

/** While a service does not run its health says nothing that its state does not say. */
function whileRunning(expression: string): string {
  const working = kinds.flatMap((kind) => {
    const machine = machineOfKind(kind);
    return machine ? commandTargets(machine, "start") : [];
  });
  const states = `signalbox_service_state{state=~"${[...new Set(working)].join("|")}"} == 1`;
  return seen(`(${expression}) and on (host, service) (${states})`);
}

function bySignalbox(rule: string): string {
  return `signalbox_alert_firing{rule="${rule}"} == 1`;
}
