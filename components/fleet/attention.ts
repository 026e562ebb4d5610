import type { HostContact } from "@/lib/wire/live";
import type { Service } from "@/lib/wire/service";

/** What needs a person now. Empty lists: nothing does. */
export interface Attention {
  readonly inError: readonly Service[];
  readonly looping: readonly Service[];
  readonly hostsLost: readonly HostContact[];
  readonly configErrors: readonly string[];
}

/** Picks what needs a person: services in Error, crash loops that are between two crashes, lost hosts. */
export function attentionOf(
  services: readonly Service[],
  hosts: readonly HostContact[],
  configErrors: readonly string[],
): Attention {
  const inError = services.filter((service) => service.state === "Error");
  return {
    inError,
    looping: services.filter((service) => service.thrash === "crash-loop" && service.state !== "Error"),
    hostsLost: hosts.filter((host) => host.contact.status !== "live"),
    configErrors,
  };
}

export function nothingNeeded(attention: Attention): boolean {
  const { inError, looping, hostsLost, configErrors } = attention;
  return inError.length + looping.length + hostsLost.length + configErrors.length === 0;
}
