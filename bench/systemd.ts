import { SystemdHost } from "../e2e/support/systemd-host";
import { measureSystemdCommands } from "./systemd-commands";
import { measureSystemdLatency } from "./systemd-latency";
import { measureSystemdHosts, measureSystemdUnits } from "./systemd-scale";
import type { Row } from "./table";

type Measure = () => Promise<Row[]>;

/** What is measured on real systemd hosts, by the name under which it can be asked for. */
export function systemdParts(executablePath: string): Readonly<Record<string, Measure>> {
  return {
    "systemd-latency": onHosts("changes of systemd units", () => measureSystemdLatency(executablePath)),
    "systemd-commands": onHosts("commands to systemd units", () => measureSystemdCommands(executablePath)),
    "systemd-units": onHosts("1,000 systemd units", measureSystemdUnits),
    "systemd-hosts": onHosts("20 hosts over ssh", measureSystemdHosts),
  };
}

/** Where no host can be booted the table says that, and why. */
function onHosts(what: string, measure: Measure): Measure {
  return async () => {
    const why = SystemdHost.whyNot();
    return why === null ? measure() : [{ what, figure: `not measured here: ${why}` }];
  };
}
