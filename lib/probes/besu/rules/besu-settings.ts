import type { BesuConfig } from "../../../config/fleet";

/** What the rules go by; nothing secret. */
export type BesuSettings = Omit<BesuConfig, "auth">;

/** Whether the node itself can be asked; else its log and other nodes speak. */
export function speaksItself({ rpc, metrics }: BesuSettings): boolean {
  return rpc !== null || metrics !== null;
}
