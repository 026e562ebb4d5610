import { toRfc3339 } from "../../clock";
import { aNode } from "../../insight/testing/any-members";
import type { Told } from "../../probes/contract";
import type { Application, Node, Sync } from "../../wire/application";
import type { Health } from "../../wire/service";

/** What applications say of themselves, as probes would have it told. */

export const well: Health = { status: "ok", detail: "It answers." };
export const notAsked: Health = { status: "unknown", detail: "It was not asked yet." };

export function toldOf(changes: Partial<Application> = {}, health: Health = well): Told {
  const application: Application = {
    says: "It works.",
    asked: "http://192.0.2.1:8545",
    from: "here",
    checks: [],
    sync: null,
    node: null,
    tunnel: null,
    warning: null,
    disagreement: null,
    ...changes,
  };
  return { health, application, activity: null };
}

/** A validator's word of itself. */
export function nodeTold(changes: Partial<Node> = {}): Told {
  return toldOf({ node: { ...aNode, ...changes } });
}

/** A node that is behind. @param progressAt in µs. */
export function syncTold(progressAt: number | null, changes: Partial<Sync> = {}): Told {
  const sync: Sync = {
    reason: "behind",
    detail: "behind 12,340 blocks",
    share: 0.4,
    behind: 12_340,
    perSecond: null,
    leftMs: null,
    progressAt: progressAt === null ? null : toRfc3339(progressAt),
    ...changes,
  };
  return toldOf({ sync, node: { ...aNode, validator: "no", participates: "unknown" } });
}
