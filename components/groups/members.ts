import { type Member, quorumOf } from "@/lib/insight/quorum";
import { isWorking } from "@/lib/insight/working-states";
import type { Service } from "@/lib/wire/service";

/** Whether a member takes part in consensus; null: it is no validator. */
export type Part = "yes" | "no" | "unknown" | null;

/** A service as the rules of groups are asked about it. */
export function memberOf({ id, name, state, contact, application, validator }: Service): Member {
  return {
    id,
    name,
    state,
    isSeen: contact.status === "live",
    application,
    isValidator: validator ?? false,
  };
}

/** What one member adds to its group's quorum: asked of it alone, so that both follow the same rules. */
export function partOf(service: Service): Part {
  const quorum = quorumOf([memberOf(service)]);
  if (quorum === null) return null;
  if (quorum.participating > 0) return "yes";
  return quorum.missing.length > 0 ? "no" : "unknown";
}

/** Whether it runs and is seen to. */
export function runs({ state, contact }: Service): boolean {
  return contact.status === "live" && isWorking(state);
}

/** How many blocks a node's head is behind the group's highest; null where either is not known. */
export function behindOf({ application }: Service, head: number | null): number | null {
  const height = application?.node?.height ?? null;
  return height === null || head === null ? null : Math.max(0, head - height);
}
