import type { ChannelConfig, Secret } from "../config/notify-config";
import { type Environment, readAddress, readSecret, SecretError } from "../config/read-secret";

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

/** What is wrong with a channel's secrets as they stand now, in words that hold none; null when nothing is. */
export function whyUnready(channel: ChannelConfig, env: Environment): string | null {
  try {
    if (channel.kind !== "email") readAddress(channel.url, env);
    for (const secret of secretsOf(channel)) if (secret !== null) readSecret(secret, env);
    return null;
  } catch (error) {
    if (error instanceof SecretError) return error.message;
    throw error;
  }
}

/** Beside the address. */
function secretsOf(channel: ChannelConfig): readonly (Secret | null)[] {
  switch (channel.kind) {
    case "webhook":
      return [channel.secret];
    case "email":
      return [channel.smtp.login?.password ?? null];
    case "ntfy":
      return [channel.topic, channel.token];
    case "slack":
    case "discord":
    case "alertmanager":
      return [];
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
