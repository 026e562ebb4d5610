import type { ChannelConfig, Secret } from "../config/notify-config";
import { type Environment, readAddress } from "./read-secret";

/** Where a channel leads, in words that may be shown: the server alone, since the rest may be a secret. */
export function targetOf(channel: ChannelConfig, env: Environment): string {
  switch (channel.kind) {
    case "email": {
      const [first = "", ...rest] = channel.to;
      return rest.length === 0 ? first : `${first} and ${rest.length} more`;
    }
    case "webhook":
    case "slack":
    case "discord":
    case "ntfy":
    case "alertmanager":
      return serverOf(channel.url, env);
  }
}

function serverOf(url: Secret, env: Environment): string {
  try {
    return readAddress(url, env).host;
  } catch {
    // Said with the channel's first message; until then this is where it is looked for.
    return url.tag === "env" ? `the variable ${url.name}` : url.tag === "file" ? url.path : "?";
  }
}
