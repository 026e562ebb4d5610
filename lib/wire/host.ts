import type { Contact } from "./service";

/** A host as `GET /api/v1/hosts` tells it. */
export interface Host {
  readonly id: string;
  readonly platform: string;
  readonly contact: Contact;
  /** Up to when everything that happened there was seen; RFC 3339, `null` if it was never watched. */
  readonly observedUntil: string | null;
}
