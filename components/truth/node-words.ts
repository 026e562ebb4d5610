import type { Node } from "@/lib/wire/application";
import { formatCount } from "../ui/format-count";

const partWords: Readonly<Record<Node["participates"], string>> = {
  yes: "yes",
  no: "no",
  unknown: "not known",
};

/** Whether it takes part in consensus, with what was seen of it. */
export function sayPart({
  participates,
  participation,
}: Pick<Node, "participates" | "participation">): string {
  const word = partWords[participates];
  return participation === "" ? word : `${word}: ${participation}`;
}

/** "block 1,200, 3 blocks ago"; null where nothing is known of it. */
export function sayLastProposed({
  lastProposed,
  height,
}: Pick<Node, "lastProposed" | "height">): string | null {
  if (lastProposed === null) return null;
  const block = `block ${formatCount(lastProposed)}`;
  if (height === null || height < lastProposed) return block;
  if (height === lastProposed) return `${block}, its newest`;
  return `${block}, ${sayBlocks(height - lastProposed)} ago`;
}

/** "1 block", "12,340 blocks". */
export function sayBlocks(count: number): string {
  return count === 1 ? "1 block" : `${formatCount(count)} blocks`;
}
