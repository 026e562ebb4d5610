import type { Service } from "@/lib/wire/service";

/** Where the service's own words and controls are, outside Signalbox. */
export type RunsOn = { readonly tag: "systemd"; readonly unit: string } | { readonly tag: "process" };

export interface RecoveryStep {
  readonly title: string;
  readonly advice: readonly string[];
  readonly commands: readonly { readonly says: string; readonly command: string }[];
}

/**
 * The specification's "Recovery Procedures, From Error State", with the service's own name in its
 * commands. A process of Signalbox's own supervisor has no unit: its log and its levers are on the page.
 */
export function diagnoseAndFix(service: Service, runsOn: RunsOn): readonly RecoveryStep[] {
  const fix: RecoveryStep = {
    title: "Fix issue",
    advice: [
      "Fix configuration errors",
      "Resolve dependency issues",
      "Address resource constraints",
      "Fix network problems",
    ],
    commands: [],
  };
  switch (runsOn.tag) {
    case "systemd":
      return [{ title: "Diagnose", advice: [], commands: diagnosisOf(shellWord(runsOn.unit)) }, fix];
    case "process":
      return [
        {
          title: "Diagnose",
          advice: [
            `Check service logs: below on this page, and on ${service.host} in Signalbox’s data folder`,
            `Check service status: process ${service.process.state}, ${service.process.detail}`,
            "Check error messages: filter the log for “error”",
          ],
          commands: [],
        },
        fix,
      ];
  }
}

/** The commands for "Recover", for those who rather do it on the host. */
export function recoverByHand(runsOn: RunsOn): RecoveryStep["commands"] {
  switch (runsOn.tag) {
    case "systemd": {
      const unit = shellWord(runsOn.unit);
      return [
        { says: "Option 1: Restart", command: `systemctl restart -- ${unit}` },
        {
          says: "Option 2: Reset and start",
          command: `systemctl stop -- ${unit}\nsystemctl start -- ${unit}`,
        },
      ];
    }
    case "process":
      return [];
  }
}

function diagnosisOf(unit: string): RecoveryStep["commands"] {
  return [
    { says: "Check service logs", command: `journalctl -u ${unit} -n 100` },
    { says: "Check service status", command: `systemctl status -- ${unit}` },
    { says: "Check error messages", command: `journalctl -u ${unit} | grep -i error` },
  ];
}

/** A unit's name may hold backslashes: quoted, it can be pasted into any shell. */
function shellWord(unit: string): string {
  return /^[\w@.:][\w@.:-]*$/.test(unit) ? unit : `'${unit.replaceAll("'", `'\\''`)}'`;
}
