import { checkConfig } from "../config/check-config";
import type { CommandContext } from "./context";

/** `npm run check-config -- [FILE]` */
export async function main(
  argv: readonly string[],
  { stdout, stderr, cwd }: CommandContext,
): Promise<number> {
  return checkConfig(argv, { stdout, stderr, cwd });
}
