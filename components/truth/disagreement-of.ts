import type { Application } from "@/lib/wire/application";
import type { Service } from "@/lib/wire/service";

/** That the process is well and its application is not, as far as it is seen now; null: they agree. */
export function disagreementOf({ contact, application }: Service): Application["disagreement"] {
  return contact.status === "live" ? (application?.disagreement ?? null) : null;
}
