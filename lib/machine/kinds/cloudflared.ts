import type { Machine, TransitionDefinition } from "../types";
import { describedState } from "./described-state";
import { edgesOfRunning } from "./edges-of-running";
import { service } from "./service";
import { error, restarting, running, starting, stopped, stopping } from "./service-states";

const connecting = describedState("Connecting", "Establishing tunnel connection");
const connected = describedState("Connected", "Tunnel connected to Cloudflare");
const reconnecting = describedState("Reconnecting", "Reconnecting after disconnection");

/**
 * Both lines of "State Flow" in the specification's "Cloudflare Tunnel States". Starting → Running
 * of the base machine stays beside it: without the metrics address only the process is seen.
 */
const flow: readonly TransitionDefinition[] = [
  { from: "Starting", to: "Connecting", event: "connecting", by: "observed", origin: "specified" },
  { from: "Connecting", to: "Connected", event: "connected", by: "observed", origin: "specified" },
  { from: "Connected", to: "Running", event: "ready", by: "observed", origin: "specified" },
  { from: "Running", to: "Reconnecting", event: "connection lost", by: "observed", origin: "specified" },
  { from: "Reconnecting", to: "Connected", event: "reconnected", by: "observed", origin: "specified" },
];

const practical: readonly TransitionDefinition[] = [
  {
    from: "Connected",
    to: "Reconnecting",
    event: "connection lost",
    by: "observed",
    origin: "practical",
    why: "A connection can be lost again before it was held long enough to count as running.",
  },
  ...edgesOfRunning("Connecting", "a tunnel that is connecting", "initialization failed"),
  ...edgesOfRunning("Connected", "a tunnel that has just connected"),
  ...edgesOfRunning("Reconnecting", "a tunnel that is reconnecting"),
];

/** The service machine with the specification's "Cloudflare Tunnel States". */
export const cloudflared: Machine = {
  kind: "cloudflared",
  title: "A Cloudflare tunnel: connects before it runs and reconnects when the connection is lost",
  initial: service.initial,
  states: [stopped, starting, connecting, connected, running, reconnecting, stopping, error, restarting],
  transitions: [...service.transitions, ...flow, ...practical],
};
