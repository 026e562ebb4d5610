import { kinds, machineOfKind } from "../machine/kinds/machine-of-kind";

/** Every state of every machine, in the machines' order: its place is its number on a dashboard. */
export const everyState: readonly string[] = [
  ...new Set(kinds.flatMap((kind) => machineOfKind(kind)?.states.map(({ name }) => name) ?? [])),
];

/**
 * The lamps' colours in the dark theme, as the style sheet has them: a dashboard shows no others.
 * @param css the text of app/globals.css. @throws Error for a state without a colour.
 */
export function stateColours(css: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    everyState.map((state) => {
      const found = new RegExp(
        `--state-${state.toLowerCase()}: light-dark\\(#[0-9a-f]+, (#[0-9a-f]+)\\)`,
      ).exec(css);
      if (!found?.[1]) throw new Error(`The style sheet has no colour for the state ${state}.`);
      return [state, found[1]];
    }),
  );
}
