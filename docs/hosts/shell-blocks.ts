import { readFileSync } from "node:fs";
import path from "node:path";

const page = path.join(import.meta.dirname, "../connecting-hosts.md");

/** The commands of one section of the page, as a reader copies them. */
export function shellBlocks(heading: string): string {
  const sections = readFileSync(page, "utf8").split(/^## /m);
  const section = sections.find((text) => text.startsWith(heading));
  if (section === undefined) throw new Error(`the page has no section "${heading}"`);
  return [...section.matchAll(/^```sh\n(.*?)^```$/gms)].map((block) => block[1]).join("");
}
