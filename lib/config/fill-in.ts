export type FilledIn =
  | { readonly tag: "ok"; readonly text: string }
  /** A variable that is not set, and has no default. */
  | { readonly tag: "unset"; readonly name: string };

const variable = /\$\{([A-Za-z_]\w*)(?::-([^{}]*))?\}/g;

/**
 * A text in which `${NAME}` stands for what the environment variable holds, and `${NAME:-default}` for
 * the default where it is unset or empty. Read once, with the file.
 */
export function fillIn(text: string, env: Readonly<Record<string, string | undefined>>): FilledIn {
  let unset: string | null = null;
  const filled = text.replace(variable, (_whole, name: string, otherwise: string | undefined) => {
    const value = env[name] || otherwise;
    if (value === undefined) unset ??= name;
    return value ?? "";
  });
  return unset === null ? { tag: "ok", text: filled } : { tag: "unset", name: unset };
}
