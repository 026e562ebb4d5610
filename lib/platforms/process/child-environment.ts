import { invocationVariable, serviceVariable } from "./census";

/** Meant for Signalbox alone: where it listens, and how it and the npm that started it were started. */
const ourOwn = ["PORT", "HOST", "INIT_CWD", "NODE_CHANNEL_FD", "NODE_CHANNEL_SERIALIZATION_MODE"];

function isOurOwn(name: string): boolean {
  return name.startsWith("SIGNALBOX_") || name.startsWith("npm_") || ourOwn.includes(name);
}

/**
 * What a child finds in its environment: ours, without the names that are withheld (secrets) and
 * without what is meant for Signalbox itself; then what the service asks for; then the marks by which a
 * later run knows the process again.
 */
export function childEnvironment(options: {
  readonly ours: Readonly<Record<string, string | undefined>>;
  readonly withheld: readonly string[];
  readonly asked: Readonly<Record<string, string>>;
  readonly mark: string;
  readonly invocation: string;
}): NodeJS.ProcessEnv {
  const { ours, withheld, asked, mark, invocation } = options;
  const kept = Object.entries(ours).filter(([name]) => !withheld.includes(name) && !isOurOwn(name));
  const marks = { [serviceVariable]: mark, [invocationVariable]: invocation };
  return { ...(Object.fromEntries(kept) as NodeJS.ProcessEnv), ...asked, ...marks };
}
