/** How many numbers each command of a path takes, and which of them are heights: absolute commands only. */
const shapes: Readonly<Record<string, { readonly numbers: number; readonly heights: readonly number[] }>> = {
  M: { numbers: 2, heights: [1] },
  L: { numbers: 2, heights: [1] },
  H: { numbers: 1, heights: [] },
  V: { numbers: 1, heights: [0] },
  Q: { numbers: 4, heights: [1, 3] },
  T: { numbers: 2, heights: [1] },
  C: { numbers: 6, heights: [1, 3, 5] },
  S: { numbers: 4, heights: [1, 3] },
  A: { numbers: 7, heights: [6] },
  Z: { numbers: 0, heights: [] },
};

/**
 * An SVG path with every height multiplied; arcs keep their radii. The layout leaves more room
 * between the rows of a machine than its labels need, and a screen is wider than high.
 * @throws on a command that is not absolute.
 */
export function squeezePath(path: string, factor: number): string {
  const commands = path.match(/[a-z][^a-z]*/gi) ?? [];
  return commands.map((command) => squeezeCommand(command, factor)).join("");
}

function squeezeCommand(command: string, factor: number): string {
  const letter = command.charAt(0);
  const shape = shapes[letter];
  if (shape === undefined) throw new Error(`A path with the command ${letter} cannot be squeezed.`);
  const numbers = (command.slice(1).match(/-?(?:\d+\.?\d*|\.\d+)(?:e-?\d+)?/gi) ?? []).map(Number);
  const squeezed = numbers.map((number, at) =>
    shape.heights.includes(at % Math.max(1, shape.numbers))
      ? Math.round(number * factor * 100) / 100
      : number,
  );
  return `${letter}${squeezed.join(",")}`;
}
