import { resolve } from "node:path";
import { z } from "zod";
import { keysOf } from "./keys-of";
import type { Secret } from "./notify-config";
import { onceSound, words } from "./values";

/** Values that others must not see, as they are given in signalbox.yaml. */

/**
 * A text that is right, `{ env: NAME }` or `{ file: path }`. What the last two lead to is read, and
 * judged, when it is used.
 */
export function secret(what: string, isRight: (text: string) => boolean = (text) => text !== "") {
  const error = () => `${what}, { env: NAME } or { file: path }`;
  const elsewhere = keysOf("a secret", {
    env: words("env is the name of a variable, such as SMTP_PASSWORD", (text) => /^[A-Za-z_]\w*$/.test(text))
      .optional()
      .describe("The environment variable that holds it."),
    file: words("file is the path of a file", (text) => text !== "")
      .optional()
      .describe("The file that holds it, seen from the folder of this file."),
  }).refine(({ env, file }) => (env === undefined) !== (file === undefined), {
    error: () => "a secret has either env or file",
    ...onceSound,
  });
  const text = z.union([z.string(), z.number(), z.boolean()], { error }).transform(String);
  return z.union([text.refine(isRight, { error }), elsewhere], { error });
}

type SecretKeys = z.output<ReturnType<typeof secret>>;

/** @param baseFolder where a relative path begins. */
export function secretFrom(given: SecretKeys, baseFolder: string): Secret {
  if (typeof given === "string") return { tag: "text", text: given };
  if (given.env !== undefined) return { tag: "env", name: given.env };
  return { tag: "file", path: resolve(baseFolder, given.file ?? "") };
}

export function secretOrNull(given: SecretKeys | undefined, baseFolder: string): Secret | null {
  return given === undefined ? null : secretFrom(given, baseFolder);
}
