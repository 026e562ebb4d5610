import type { Secret } from "./notify-config";
import { readConfigText } from "./read-config";

/** A secret, or an address that holds one, that is not where the configuration says. */
export class SecretError extends Error {}

export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The secret's text, read anew each time, so that a changed file counts at once.
 * @throws SecretError in words that hold no part of it.
 */
export function readSecret(secret: Secret, env: Environment): string {
  switch (secret.tag) {
    case "text":
      return secret.text;
    case "env": {
      const text = env[secret.name];
      if (!text) throw new SecretError(`the environment variable ${secret.name} is not set`);
      return text;
    }
    case "file": {
      const read = readConfigText(secret.path);
      if (read.tag === "unreadable") throw new SecretError(`${secret.path}: ${read.message}`);
      const text = read.text.trim();
      if (text === "") throw new SecretError(`${secret.path}: the file is empty`);
      return text;
    }
  }
}

/** The same for a web address. @throws SecretError also where it is none. */
export function readAddress(secret: Secret, env: Environment): URL {
  const text = readSecret(secret, env);
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !/^https?:$/.test(url.protocol) || url.username !== "" || url.password !== "")
    throw new SecretError(`${placeOf(secret)} holds no URL of http or https without user name and password`);
  return url;
}

function placeOf(secret: Secret): string {
  switch (secret.tag) {
    case "text":
      return "url";
    case "env":
      return `the environment variable ${secret.name}`;
    case "file":
      return secret.path;
  }
}
