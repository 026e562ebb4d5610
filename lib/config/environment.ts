import { resolve } from "node:path";
import { type Checked, readDatabaseUrl, readHost, readPort, readPublicUrl } from "./environment-values";

/** What the environment sets, with defaults filled in and paths absolute. */
export interface Settings {
  readonly port: number;
  /** A loopback address or `localhost`. */
  readonly host: string;
  readonly configPath: string;
  /** False where the default path is used: that no file is there is then no mistake. */
  readonly configGiven: boolean;
  readonly dataFolder: string;
  /** Null: the embedded database. May hold a password: never to be printed. */
  readonly databaseUrl: string | null;
  /** Where people reach Signalbox behind a proxy: scheme, host and port, with no slash at the end. */
  readonly publicUrl: string | null;
}

export type EnvironmentResult =
  | { readonly tag: "ok"; readonly settings: Settings }
  | { readonly tag: "invalid"; readonly problems: readonly string[] };

/**
 * Reads `PORT`, `HOST`, `SIGNALBOX_CONFIG`, `SIGNALBOX_DATA`, `DATABASE_URL` and `SIGNALBOX_URL`;
 * an empty variable counts as unset. Relative paths are seen from `cwd`. Tells all bad values at
 * once, each in one line that names the variable and what is allowed.
 */
export function readEnvironment(
  env: Readonly<Record<string, string | undefined>>,
  cwd: string,
): EnvironmentResult {
  const problems: string[] = [];
  function read<Value>(name: string, check: (text: string) => Checked<Value>): Value | null {
    const text = env[name]?.trim() ?? "";
    if (text === "") return null;
    const checked = check(text);
    if (checked.tag === "ok") return checked.value;
    problems.push(`${name}: ${checked.message}`);
    return null;
  }

  const config = env.SIGNALBOX_CONFIG || null;
  const settings: Settings = {
    port: read("PORT", readPort) ?? 4600,
    host: read("HOST", readHost) ?? "127.0.0.1",
    configPath: resolve(cwd, config ?? "signalbox.yaml"),
    configGiven: config !== null,
    dataFolder: resolve(cwd, env.SIGNALBOX_DATA || ".signalbox"),
    databaseUrl: read("DATABASE_URL", readDatabaseUrl),
    publicUrl: read("SIGNALBOX_URL", readPublicUrl),
  };
  return problems.length > 0 ? { tag: "invalid", problems } : { tag: "ok", settings };
}
