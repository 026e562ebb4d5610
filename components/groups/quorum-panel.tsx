import type { Chain, Quorum, QuorumWord } from "@/lib/wire/group";
import type { Service } from "@/lib/wire/service";
import { cx } from "../ui/cx";
import { Fact } from "../ui/fact";
import { ChainFacts } from "./chain-facts";
import { quorumFacts } from "./quorum-facts";
import { QuorumMark, quorumGround } from "./quorum-word";
import { SlotDrawing } from "./slot-drawing";
import "./quorum.css";

interface QuorumPanelProps {
  readonly members: readonly Service[];
  readonly quorum: Quorum;
  readonly chain: Chain | null;
}

/** Of the last number, which says how many may still fail. */
const lastInks: Readonly<Record<QuorumWord, string>> = {
  safe: "text-ink",
  "at-risk": "text-warning",
  stopped: "text-error",
  unknown: "text-ink",
};

/** How a chain of validators stands: the word, who takes part, and the arithmetic behind it. */
export function QuorumPanel({ members, quorum, chain }: QuorumPanelProps) {
  const { word, detail } = quorum;
  return (
    <section
      aria-label="Quorum"
      className={cx("min-w-0 overflow-clip rounded-lg border bg-surface", quorumGround(word))}
    >
      <div className="quorum-panel">
        <div className="flex min-w-0 flex-col gap-4 px-4 py-4">
          <div role="status" aria-label="Quorum" className="flex flex-col gap-2">
            <h2>
              <QuorumMark word={word} large />
            </h2>
            <p className="max-w-prose text-base text-ink">{detail}</p>
          </div>
          <SlotDrawing members={members} quorum={quorum} />
        </div>
        <div className="quorum-numbers">
          <dl className="group-facts">
            {quorumFacts(quorum).map((fact, at, all) => (
              <Fact key={fact.word} word={fact.word}>
                <span className={cx("font-semibold", at === all.length - 1 && lastInks[word])}>
                  {fact.count}
                </span>
                {fact.beside !== undefined && <span className="text-ink-3"> {fact.beside}</span>}
              </Fact>
            ))}
          </dl>
          {chain !== null && <ChainFacts chain={chain} />}
        </div>
      </div>
    </section>
  );
}
