import { z } from "zod";
import type { Handle } from "@/db/open";
import { type HostRow, readService, type ServiceRecord } from "@/db/read/services";
import { now } from "../clock";
import { isHostName, isServiceName } from "../config/names";
import { contactView } from "../wire/contact-view";
import { ProblemError } from "./problem";

/** `{host}/{name}` of an address. A name that no service can have names none. */
export const serviceParams = z.object({
  host: z.string().refine(isHostName),
  name: z.string().refine(isServiceName),
});

export type ServiceParams = z.output<typeof serviceParams>;

/** @throws ProblemError `not-found` when no service of this name is in the configuration. */
export async function requireService(db: Handle, params: ServiceParams): Promise<ServiceRecord> {
  const found = await requireHistory(db, params);
  if (!found.service.present) throw noService(params);
  return found;
}

/** The same, for what stays of a service after it left the configuration. */
export async function requireHistory(db: Handle, params: ServiceParams): Promise<ServiceRecord> {
  const found = await readService(db, params.host, params.name);
  if (!found) throw noService(params);
  return found;
}

export function noService({ host, name }: ServiceParams): ProblemError {
  return new ProblemError("not-found", `There is no service ${host}/${name}.`);
}

/** @throws ProblemError `no-contact` when nothing can be asked of the host now. */
export function requireContact(host: HostRow): void {
  const contact = contactView(host, now().at);
  if (contact.status === "live") return;
  throw new ProblemError(
    "no-contact",
    `No contact with ${host.id}: ${contact.reason ?? "it was not reached yet."}`,
  );
}
