import type { BesuConfig } from "../../../config/fleet";
import type { Secret } from "../../../config/notify-config";
import type { Asked } from "../../contract";
import { createExchange } from "../../exchange";
import type { BesuAnswer } from "../besu-answer";
import type { Besu } from "../besu-parts";
import { createBesu } from "../create-besu";
import { besuConfig } from "./besu-config";

export async function textOf(secret: Secret): Promise<string> {
  if (secret.tag !== "text") throw new Error(`nothing is set for ${secret.tag}`);
  return secret.text;
}

/** A node and its observers as signalbox.yaml would have them, each asked over a connection of its own. */
export function besuWith(
  said: Partial<BesuConfig>,
  observers: Record<string, Partial<BesuConfig>> = {},
): Besu {
  return createBesu(besuConfig({ ...said, observers: Object.keys(observers) }), {
    exchange: createExchange({}),
    observers: Object.entries(observers).map(([id, config]) => ({
      id,
      config: besuConfig(config),
      exchange: createExchange({}),
    })),
    secret: textOf,
  });
}

/** Asks once. */
export async function askBesu(
  said: Partial<BesuConfig>,
  observers: Record<string, Partial<BesuConfig>> = {},
): Promise<Asked<BesuAnswer>> {
  const { probe } = besuWith(said, observers);
  try {
    return await probe.ask(AbortSignal.timeout(30_000));
  } finally {
    probe.close();
  }
}
