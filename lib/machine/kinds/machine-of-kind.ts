import type { Machine } from "../types";
import { besu } from "./besu";
import { cloudflared } from "./cloudflared";
import { service } from "./service";

const machines: readonly Machine[] = [service, besu, cloudflared];

/** The kinds that Signalbox brings, the base machine first. */
export const kinds: readonly string[] = machines.map((machine) => machine.kind);

/** The machine that services of this kind follow; `undefined` where there is no such kind. */
export function machineOfKind(kind: string): Machine | undefined {
  return machines.find((machine) => machine.kind === kind);
}
