import type { Machine, TransitionDefinition } from "../types";
import { describedState } from "./described-state";
import { edgesOfRunning } from "./edges-of-running";
import { service } from "./service";
import { error, restarting, running, starting, stopped, stopping } from "./service-states";

const syncing = describedState("Syncing", "Blockchain synchronization in progress");
const synced = describedState("Synced", "Blockchain fully synchronized");
const consensus = describedState("Consensus", "Participating in consensus (validators)");

/**
 * "State Flow" of the specification's "Besu Node States". Starting → Running of the base machine
 * stays beside it: of a node without RPC only its process is seen.
 */
const flow: readonly TransitionDefinition[] = [
  { from: "Starting", to: "Syncing", event: "sync started", by: "observed", origin: "specified" },
  { from: "Syncing", to: "Synced", event: "head reached", by: "observed", origin: "specified" },
  { from: "Synced", to: "Running", event: "ready", by: "observed", origin: "specified" },
];

const practical: readonly TransitionDefinition[] = [
  {
    from: "Running",
    to: "Consensus",
    event: "joined consensus",
    by: "observed",
    origin: "practical",
    why: "The specification names Consensus beside Running without an arrow; a validator enters it once it takes part.",
  },
  {
    from: "Consensus",
    to: "Running",
    event: "left consensus",
    by: "observed",
    origin: "practical",
    why: "A validator that no longer takes part is still a running node.",
  },
  {
    from: "Running",
    to: "Syncing",
    event: "fell behind",
    by: "observed",
    origin: "practical",
    why: "A running node can lose the head of the chain and has to catch up again.",
  },
  {
    from: "Synced",
    to: "Syncing",
    event: "fell behind",
    by: "observed",
    origin: "practical",
    why: "A node that has just caught up can lose the head of the chain again.",
  },
  {
    from: "Consensus",
    to: "Syncing",
    event: "fell behind",
    by: "observed",
    origin: "practical",
    why: "A validator can lose the head of the chain while it takes part in consensus.",
  },
  ...edgesOfRunning("Syncing", "a node that is syncing"),
  ...edgesOfRunning("Synced", "a node that has just caught up"),
  ...edgesOfRunning("Consensus", "a validator that takes part in consensus"),
];

/** The service machine with the specification's "Besu Node States". */
export const besu: Machine = {
  kind: "besu",
  title: "A Besu node: syncs the chain before it runs; validators join consensus",
  initial: service.initial,
  states: [stopped, starting, syncing, synced, running, consensus, stopping, error, restarting],
  transitions: [...service.transitions, ...flow, ...practical],
};
