import type { Alert } from "@/lib/wire/alert";
import type { HostContact } from "@/lib/wire/live";
import type { Service } from "@/lib/wire/service";
import { firingAlerts } from "../alerts/alert-order";
import { disagreementOf } from "../truth/disagreement-of";

/** The rule that tells of crash loops: they began before the move that was last seen. */
const thrashRule = "thrash";
const disagreementRule = "truths-disagree";

/** What needs a person now. Empty lists: nothing does. */
export interface Attention {
  /** Worst first. */
  readonly firing: readonly Alert[];
  readonly inError: readonly Service[];
  readonly looping: readonly Service[];
  /** Their process is well and their application is not. */
  readonly disagreeing: readonly Service[];
  readonly hostsLost: readonly HostContact[];
  readonly configErrors: readonly string[];
}

/**
 * Picks what needs a person: alerts that fire, worst first, and what no alert has been raised for yet:
 * services in Error, crash loops that are between two crashes, truths that disagree, lost hosts. Nothing
 * is said twice.
 */
export function attentionOf(
  services: readonly Service[],
  hosts: readonly HostContact[],
  configErrors: readonly string[],
  openAlerts: readonly Alert[],
): Attention {
  const ofService = new Map<string | null, Alert[]>();
  for (const alert of openAlerts) {
    const known = ofService.get(alert.service);
    if (known === undefined) ofService.set(alert.service, [alert]);
    else known.push(alert);
  }
  const isRaised = (service: Service) =>
    ofService.get(service.id)?.some((alert) => tells(alert, service)) ?? false;
  const isTold = ({ id }: Service) =>
    ofService.get(id)?.some(({ rule }) => rule === disagreementRule) ?? false;
  const ofHosts = new Set(ofService.get(null)?.flatMap(({ host, group }) => (group === null ? host : [])));
  return {
    firing: firingAlerts(openAlerts),
    inError: services.filter((service) => service.state === "Error" && !isRaised(service)),
    looping: services.filter(
      (service) => service.thrash === "crash-loop" && service.state !== "Error" && !isRaised(service),
    ),
    disagreeing: services.filter((service) => disagreementOf(service) !== null && !isTold(service)),
    hostsLost: hosts.filter((host) => host.contact.status !== "live" && !ofHosts.has(host.id)),
    configErrors,
  };
}

/** Whether an alert is about what a service is in now: not about what went before, such as a failing check. */
function tells(alert: Alert, { since }: Service): boolean {
  return alert.rule === thrashRule || since === null || alert.since >= since;
}

export function nothingNeeded(attention: Attention): boolean {
  const { firing, inError, looping, disagreeing, hostsLost, configErrors } = attention;
  return [firing, inError, looping, disagreeing, hostsLost, configErrors].every(({ length }) => length === 0);
}
