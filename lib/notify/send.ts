import type { ChannelConfig, Secret } from "../config/notify-config";
import { type Environment, readAddress, readSecret, SecretError } from "../config/read-secret";
import type { Micros } from "../machine/types";
import type { Alert } from "../wire/alert";
import { alertmanagerPost, renewalPost } from "./alertmanager";
import { discordBody } from "./discord";
import { sendEmail } from "./email";
import { letterOf } from "./message";
import { ntfyPost } from "./ntfy";
import { type Post, post } from "./post";
import { slackBody } from "./slack";
import type { Delivery, Outcome } from "./telling";
import { webhookPost } from "./webhook";

/** How long one attempt may take. */
export const limitsMs = { http: 15_000, smtp: 60_000 } as const;

export interface Sending {
  /** Signalbox's own address, for links; without a slash at its end. */
  readonly base: string;
  readonly env: Environment;
  /** This moment. */
  readonly at: Micros;
  readonly limitsMs: { readonly http: number; readonly smtp: number };
  readonly signal: AbortSignal;
}

/** Sends a delivery through a channel, once. Never throws; the reason of a failure holds no secret. */
export async function send(channel: ChannelConfig, delivery: Delivery, sending: Sending): Promise<Outcome> {
  const { base, at } = sending;
  const letter = () => letterOf(delivery, base);
  return attempt(channel, sending, (read, address) => {
    switch (channel.kind) {
      case "email": {
        const { login } = channel.smtp;
        const password = login === null ? null : read(login.password);
        const { limitsMs, signal } = sending;
        return sendEmail(channel, password, delivery, letter(), limitsMs.smtp, signal);
      }
      case "webhook": {
        const secret = channel.secret === null ? null : read(channel.secret);
        return webhookPost(address(channel.url), secret, delivery, base, at / 1_000);
      }
      case "slack":
        return { url: address(channel.url), body: slackBody(letter()) };
      case "discord":
        return { url: address(channel.url), body: discordBody(letter()) };
      case "ntfy": {
        const topic = channel.topic === null ? null : read(channel.topic);
        const token = channel.token === null ? null : read(channel.token);
        return ntfyPost(address(channel.url), topic, token, letter());
      }
      case "alertmanager":
        return alertmanagerPost(address(channel.url), delivery, base, at);
    }
  });
}

/** Tells an Alertmanager again what still holds. */
export async function renew(
  channel: ChannelConfig & { readonly kind: "alertmanager" },
  alerts: readonly Alert[],
  sending: Sending,
): Promise<Outcome> {
  return attempt(channel, sending, (_, address) =>
    renewalPost(address(channel.url), alerts, sending.base, sending.at),
  );
}

async function attempt(
  channel: ChannelConfig,
  { env, limitsMs, signal }: Sending,
  make: (read: (secret: Secret) => string, address: (secret: Secret) => URL) => Post | Promise<Outcome>,
): Promise<Outcome> {
  const secrets: string[] = [];
  const read = (secret: Secret) => {
    const text = readSecret(secret, env);
    secrets.push(text);
    return text;
  };
  const address = (secret: Secret) => {
    const url = readAddress(secret, env);
    secrets.push(url.href, ...[url.pathname, url.search].filter((part) => part.length > 1));
    return url;
  };
  try {
    const made = await make(read, address);
    const outcome = "tag" in made ? made : await post(made, limitsMs.http, signal);
    return withoutSecrets(outcome, secrets);
  } catch (error) {
    if (error instanceof SecretError) return { tag: "refused", reason: error.message };
    return { tag: "refused", reason: `the message could not be made for ${channel.kind}` };
  }
}

/** A receiver may repeat in its answer what it was sent. */
function withoutSecrets(outcome: Outcome, secrets: readonly string[]): Outcome {
  const hide = (text: string) => secrets.reduce((rest, secret) => rest.replaceAll(secret, "…"), text);
  switch (outcome.tag) {
    case "sent":
      return { ...outcome, remark: outcome.remark && hide(outcome.remark) };
    case "failed":
    case "refused":
      return { ...outcome, reason: hide(outcome.reason) };
  }
}
