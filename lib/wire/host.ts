import { toRfc3339 } from "../clock";
import type { HostFacts } from "../platforms/contract";
import type { Contact } from "./service";

/** A host as `GET /api/v1/hosts` tells it. */
export interface Host {
  readonly id: string;
  readonly platform: string;
  readonly contact: Contact;
  /** Up to when everything that happened there was seen; RFC 3339, `null` if it was never watched. */
  readonly observedUntil: string | null;
  readonly facts: HostFactsView | null;
}

/** What a host's platform says of it; null: not known. */
export interface HostFactsView {
  /** "systemd 252.39-1~deb12u1" */
  readonly manager: string | null;
  readonly roundTripMs: number | null;
  /** The host's clock minus ours. */
  readonly clockOffsetMs: number | null;
  readonly watched: number;
  /** From when on the host's own record tells its history; RFC 3339. */
  readonly recordFrom: string | null;
  readonly rights: string | null;
  readonly trouble: string | null;
}

export function hostFactsView({ recordFrom, ...facts }: HostFacts): HostFactsView {
  return { ...facts, recordFrom: recordFrom === null ? null : toRfc3339(recordFrom) };
}
