import type { Severity } from "../wire/alert";

/** What signalbox.yaml says of who is told of alerts, with every default filled in. */
export interface NotifyConfig {
  readonly channels: readonly ChannelConfig[];
  /** None: every channel is told of everything. */
  readonly routes: readonly RouteConfig[];
  readonly digest: DigestConfig;
  /** How long a message is tried before it is given up. */
  readonly giveUpAfterMs: number;
}

/** More than `above` messages of one channel within `withinMs` go as one. */
export interface DigestConfig {
  readonly above: number;
  readonly withinMs: number;
}

/** A value that others must not see: the text itself, or where it is read from, each time anew. */
export type Secret =
  | { readonly tag: "text"; readonly text: string }
  | { readonly tag: "env"; readonly name: string }
  /** An absolute path. */
  | { readonly tag: "file"; readonly path: string };

export const channelKinds = ["webhook", "email", "slack", "discord", "ntfy", "alertmanager"] as const;
export type ChannelKind = (typeof channelKinds)[number];

export type ChannelConfig = { readonly name: string } & ChannelSettings;

export type ChannelSettings =
  | { readonly kind: "webhook"; readonly url: Secret; readonly secret: Secret | null }
  | EmailSettings
  | { readonly kind: "slack"; readonly url: Secret }
  | { readonly kind: "discord"; readonly url: Secret }
  | {
      readonly kind: "ntfy";
      readonly url: Secret;
      /** Null: it is the last part of the URL. */
      readonly topic: Secret | null;
      readonly token: Secret | null;
    }
  | { readonly kind: "alertmanager"; readonly url: Secret };

export interface EmailSettings {
  readonly kind: "email";
  readonly smtp: {
    readonly host: string;
    readonly port: number;
    /** `starttls` is insisted on: without it nothing is sent. */
    readonly security: "tls" | "starttls" | "none";
    readonly login: { readonly user: string; readonly password: Secret } | null;
  };
  readonly from: string;
  readonly to: readonly string[];
}

/** All that is given has to fit; what is null fits anything. */
export interface RouteConfig {
  readonly severity: readonly Severity[] | null;
  readonly group: string | null;
  readonly tag: string | null;
  readonly host: string | null;
  readonly rule: string | null;
  readonly kind: string | null;
  /** Names of channels. */
  readonly to: readonly string[];
  /** Whether these channels are also told that it is over. */
  readonly resolved: boolean;
  /** Whether the routes after it are looked at too. */
  readonly continue: boolean;
}
