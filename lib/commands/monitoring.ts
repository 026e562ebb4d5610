import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { madeFiles } from "../monitoring/made-files";
import type { CommandContext } from "./context";

/** `npm run monitoring`: writes Prometheus' rules, Grafana's dashboard and the page about them anew. */
export async function main(_argv: readonly string[], { root, stdout }: CommandContext): Promise<number> {
  for (const [file, text] of Object.entries(madeFiles(root))) {
    await mkdir(path.dirname(path.join(root, file)), { recursive: true });
    await writeFile(path.join(root, file), text);
    stdout.write(`${file}\n`);
  }
  return 0;
}
