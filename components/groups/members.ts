import { type Member, quorumOf } from "@/lib/insight/quorum";
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

/** States in which a service does its work; what is on the way there or back does not. */
const working: ReadonlySet<string | null> = new Set(["Running", "Consensus", "Synced", "Connected"]);

/** Whether it runs and is seen to. */
export function runs({ state, contact }: Service): boolean {
  return contact.status === "live" && working.has(state);
}

/** How many blocks a node's head is behind the group's highest; null where either is not known. */
export function behindOf({ application }: Service, head: number | null): number | null {
  const height = application?.node?.height ?? null;
  return height === null || head === null ? null : Math.max(0, head - height);
}
