import type { HostRow, ServiceRecord } from "@/db/read/services";
import { serviceView } from "../api/service-view";
import type { Micros } from "../machine/types";
import { contactView } from "../wire/contact-view";
import { hostFactsView } from "../wire/host";
import type { HostContact } from "../wire/live";
import type { Service } from "../wire/service";

interface Shown {
  readonly record: ServiceRecord;
  readonly view: Service;
  readonly json: string;
}

/** The fleet as it was last read: every service's view and every host's contact, in memory. */
export class Picture {
  readonly #services = new Map<number, Shown>();
  readonly #hosts = new Map<string, HostContact>();
  #configErrors: readonly string[] = [];
  #fleetJson: string | null = null;

  get configErrors(): readonly string[] {
    return this.#configErrors;
  }

  get services(): Service[] {
    return [...this.#services.values()].map(({ view }) => view);
  }

  get hosts(): HostContact[] {
    return [...this.#hosts.values()];
  }

  serviceIdsOutOfContact(): number[] {
    return [...this.#services].filter(([, { view }]) => view.contact.status !== "live").map(([id]) => id);
  }

  serviceJson(id: number): string | undefined {
    return this.#services.get(id)?.json;
  }

  host(id: string): HostContact | undefined {
    return this.#hosts.get(id);
  }

  /** The data of a `fleet` event. Made once for all who ask between two changes. */
  fleetJson(): string {
    this.#fleetJson ??= `{"services":[${[...this.#services.values()].map(({ json }) => json).join(",")}],"hosts":${JSON.stringify(this.hosts)}}`;
    return this.#fleetJson;
  }

  /** Takes the place of all that was known. */
  replace(
    records: readonly ServiceRecord[],
    hosts: readonly HostRow[],
    errors: readonly string[],
    at: Micros,
  ): void {
    this.#services.clear();
    this.#hosts.clear();
    this.putHosts(hosts, at);
    this.putServices(records);
    this.putConfigErrors(errors);
  }

  putConfigErrors(errors: readonly string[]): void {
    this.#configErrors = errors;
  }

  /**
   * Takes over what the database says of these services; one that left the configuration is dropped.
   * @returns the ids of those that look different now.
   */
  putServices(records: readonly ServiceRecord[]): number[] {
    return records.filter((record) => this.#put(record)).map(({ service }) => service.id);
  }

  /**
   * Takes over the hosts of the configuration, and judges at `at` whether they are still observed.
   * @returns the hosts whose contact changed and the ids of the services that look different for it.
   */
  putHosts(
    rows: readonly HostRow[],
    at: Micros,
  ): { readonly hosts: HostContact[]; readonly services: number[] } {
    const present = new Set(rows.map(({ id }) => id));
    for (const id of this.#hosts.keys()) if (!present.has(id)) this.#dropHost(id);
    const changed = rows
      .map((row) => ({
        id: row.id,
        contact: contactView(row, at),
        facts: row.facts && hostFactsView(row.facts),
      }))
      .filter((host) => JSON.stringify(this.#hosts.get(host.id)) !== JSON.stringify(host));
    for (const host of changed) this.#hosts.set(host.id, host);
    if (changed.length === 0) return { hosts: [], services: [] };
    this.#fleetJson = null;
    const touched = new Set(changed.map(({ id }) => id));
    const records = [...this.#services.values()].map(({ record }) => record);
    return { hosts: changed, services: this.putServices(records.filter(({ host }) => touched.has(host.id))) };
  }

  #dropHost(id: string): void {
    this.#hosts.delete(id);
    this.#fleetJson = null;
  }

  #put(record: ServiceRecord): boolean {
    const { service, host } = record;
    const before = this.#services.get(service.id);
    if (!service.present) {
      if (this.#services.delete(service.id)) this.#fleetJson = null;
      return false;
    }
    // A host's contact is judged once for all of its services.
    const contact = this.#hosts.get(host.id)?.contact ?? {
      status: "never" as const,
      since: null,
      reason: null,
    };
    const view = serviceView({ ...record, host: contact }, 0);
    const json = JSON.stringify(view);
    this.#services.set(service.id, { record, view, json });
    if (before?.json === json) return false;
    this.#fleetJson = null;
    return true;
  }
}
