import type { CloudflaredConfig } from "../../config/fleet";
import type { ApplicationRules, Probe } from "../contract";
import type { Exchange } from "../exchange";
import type { TunnelAnswer } from "./answer";
import type { TunnelMemory } from "./memory";
import { cloudflaredRules } from "./rules";
import { createTunnelProbe } from "./tunnel-probe";

interface Cloudflared {
  readonly probe: Probe<TunnelAnswer>;
  readonly rules: ApplicationRules<TunnelMemory, TunnelAnswer>;
  /** Whether the rules want the service's own log lines: they do without, and say more with them. */
  readonly readsLog: boolean;
}

/** What watches one tunnel. `exchange` becomes the probe's own: closing the probe closes it. */
export function createCloudflared(
  config: CloudflaredConfig,
  { exchange }: { readonly exchange: Exchange },
): Cloudflared {
  return { probe: createTunnelProbe(config, exchange), rules: cloudflaredRules(config), readsLog: false };
}
