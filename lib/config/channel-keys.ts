import type { z } from "zod";
import { keysOf } from "./keys-of";
import { channelKinds } from "./notify-config";
import { secret } from "./secret-keys";
import { choice, isWebAddress, listOf, onceSound, wholeNumber, words } from "./values";

/** The keys of a channel: `notify.channels.NAME` in signalbox.yaml. */

const address = () =>
  secret("url is a URL that begins with http:// or https://, without a user name or password", isWebAddress);

const mailWords = "an address is such as ops@example.net, or Signalbox <signalbox@example.net>";
const bare = '[^\\s\\p{Cc}<>@,;:"()\\[\\]]+@[^\\s\\p{Cc}<>@,;:"()\\[\\]]+';
const mailPattern = new RegExp(`^(?:${bare}|[^\\p{Cc}<>@,;:"]*<${bare}>)$`, "u");
const mailAddress = () => words(mailWords, (text) => mailPattern.test(text) && text.length <= 320);

const smtpKeys = keysOf("smtp", {
  host: words("host is the name or address of a mail server", (text) =>
    /^[A-Za-z0-9.:_-]{1,255}$/.test(text),
  ).describe("The mail server."),
  port: wholeNumber(1, 65_535)
    .optional()
    .describe("Default: 587, with security tls 465, with security none 25."),
  security: choice(["tls", "starttls", "none"])
    .optional()
    .describe(
      "How the connection is encrypted; starttls is insisted on. Default: starttls, on port 465 tls.",
    ),
  user: words("user is a text", (text) => text !== "")
    .optional()
    .describe("The name to log in with."),
  password: secret("password is a text").optional().describe("The password to log in with."),
}).refine(({ user, password }) => (user === undefined) === (password === undefined), {
  error: () => "smtp has both user and password, or neither",
  ...onceSound,
});

const webhookKeys = keysOf("a webhook", {
  url: address().describe("Where the message is posted as JSON."),
  secret: secret("secret is a text")
    .optional()
    .describe("The key by which each message is signed (HMAC-SHA256)."),
});

const emailKeys = keysOf("email", {
  smtp: smtpKeys.describe("How the mail server is reached."),
  from: mailAddress().describe("Whom the mail comes from."),
  to: listOf(mailAddress(), "to is a list of addresses, such as [ops@example.net]", 1)
    .refine((list) => list.length <= 100, { error: () => "to has at most 100 addresses" })
    .describe("Whom it goes to."),
});

const slackKeys = keysOf("slack", {
  url: address().describe("The address of the incoming webhook."),
});

const discordKeys = keysOf("discord", {
  url: address().describe("The address of the channel's webhook."),
});

const ntfyKeys = keysOf("ntfy", {
  url: address().describe("The server, or the address of the topic on it."),
  topic: secret("topic is letters, digits, _ and -, at most 64", (text) => /^[A-Za-z0-9_-]{1,64}$/.test(text))
    .optional()
    .describe("The topic. Default: the last part of the url."),
  token: secret("token is a text").optional().describe("An access token of the server."),
});

const alertmanagerKeys = keysOf("alertmanager", {
  url: address().describe("Alertmanager's own address, such as http://127.0.0.1:9093."),
});

export const channelKeys = keysOf("a channel", {
  webhook: webhookKeys.optional().describe("Any receiver that takes JSON."),
  email: emailKeys.optional().describe("A mail by SMTP."),
  slack: slackKeys.optional().describe("A chat that takes Slack's incoming webhooks."),
  discord: discordKeys.optional().describe("A chat that takes Discord's webhooks."),
  ntfy: ntfyKeys.optional().describe("A phone, by ntfy."),
  alertmanager: alertmanagerKeys.optional().describe("Prometheus' Alertmanager (API v2)."),
}).refine((keys) => Object.values(keys).filter((value) => value !== undefined).length === 1, {
  error: () => `a channel is exactly one of ${channelKinds.join(", ")}`,
  ...onceSound,
});
export type ChannelKeys = z.output<typeof channelKeys>;
