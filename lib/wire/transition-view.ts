import { toRfc3339 } from "../clock";
import type { CauseKind, Evidence, Source } from "../machine/observation";
import type { Micros } from "../machine/types";
import type { Transition, WireCause } from "./service";

/** A row of history as it is stored, with one telling of its cause; instants in microseconds. */
export interface StoredTransition {
  readonly id: number;
  readonly host: string;
  readonly name: string;
  readonly seq: number;
  readonly fromState: string | null;
  readonly toState: string;
  readonly event: string | null;
  readonly at: Micros;
  readonly inFromUs: Micros | null;
  readonly gapUs: Micros;
  readonly source: string;
  readonly declared: boolean;
  readonly inferred: boolean;
  readonly commandId: string | null;
  readonly evidence: Evidence;
  readonly cause: StoredCause & { readonly revision: number };
}

export interface StoredCause {
  readonly kind: string;
  readonly actor: string | null;
  readonly detail: string;
}

/** @returns the cause as the API and the feed tell it. */
export function causeView({ kind, actor, detail }: StoredCause): WireCause {
  return { kind: kind as CauseKind, ...(actor === null ? {} : { actor }), detail };
}

/** @returns the transition as the API and the feed tell it; spans are cut to whole milliseconds. */
export function transitionView(row: StoredTransition): Transition {
  return {
    id: String(row.id),
    service: `${row.host}/${row.name}`,
    seq: row.seq,
    from: row.fromState,
    to: row.toState,
    event: row.event,
    at: toRfc3339(row.at),
    inFromMs: row.inFromUs === null ? null : Math.floor(row.inFromUs / 1000),
    gapMs: Math.floor(row.gapUs / 1000),
    revision: row.cause.revision,
    cause: causeView(row.cause),
    source: row.source as Source,
    declared: row.declared,
    inferred: row.inferred,
    commandId: row.commandId,
    evidence: { ...row.evidence },
  };
}
