import type { Chain } from "@/lib/wire/group";
import { sayBlocks } from "../truth/node-words";
import { Fact } from "../ui/fact";
import { formatCount } from "../ui/format-count";
import { TickingSpan } from "../ui/ticking-span";

/** Where the chain stands: how high, how old its newest block is, and how far its nodes are apart. */
export function ChainFacts({ chain }: { chain: Chain }) {
  const { height, headAt, spread } = chain;
  return (
    <dl className="group-facts">
      <Fact word="Block height">
        <span className="font-semibold">{formatCount(height)}</span>
      </Fact>
      {headAt !== null && (
        <Fact word="Newest block">
          <TickingSpan since={headAt} className="font-semibold" /> old
        </Fact>
      )}
      <Fact word="Spread of heights">
        {spread === 0 ? "all nodes that say theirs are at it" : sayBlocks(spread)}
      </Fact>
    </dl>
  );
}
