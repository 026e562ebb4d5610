import { invocationVariable, serviceVariable } from "./family";

/**
 * What a child finds in its environment: ours, without the names that are withheld (secrets) and
 * without anything of Signalbox's own; then what the service asks for; then the marks by which a
 * later run knows the process again.
 */
export function childEnvironment(options: {
  readonly ours: NodeJS.ProcessEnv;
  readonly withheld: readonly string[];
  readonly asked: Readonly<Record<string, string>>;
  readonly mark: string;
  readonly invocation: string;
}): NodeJS.ProcessEnv {
  const { ours, withheld, asked, mark, invocation } = options;
  const kept = Object.entries(ours).filter(
    ([name]) => !withheld.includes(name) && !name.startsWith("SIGNALBOX_"),
  );
  const marks = { [serviceVariable]: mark, [invocationVariable]: invocation };
  return { ...(Object.fromEntries(kept) as NodeJS.ProcessEnv), ...asked, ...marks };
}
