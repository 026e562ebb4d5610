import type { ReactNode } from "react";
import type { Quorum } from "@/lib/wire/group";
import type { Service } from "@/lib/wire/service";
import { cx } from "../ui/cx";
import { partLooks } from "./part-mark";
import { type QuorumSlot, slotsOf } from "./quorum-slots";

interface SlotDrawingProps {
  readonly members: readonly Service[];
  readonly quorum: Quorum;
}

/** With more validators than these the slots have no names: pointing at one tells it. */
const fewValidators = 10;

/** One slot for each validator of the chain: what is needed, and what is to spare. */
export function SlotDrawing({ members, quorum }: SlotDrawingProps) {
  const { needed, spare } = slotsOf(members, quorum);
  const isNamed = quorum.n <= fewValidators;
  return (
    <div role="img" aria-label={quorum.detail} className="quorum-slots">
      <Part title={`Needed: ${needed.length}`}>
        {needed.map((slot) => (
          <Slot key={slot.key} slot={slot} isNamed={isNamed} />
        ))}
      </Part>
      {spare.length > 0 && (
        <Part title={`To spare: ${spare.length}`}>
          {spare.map((slot) => (
            <Slot key={slot.key} slot={slot} isNamed={isNamed} />
          ))}
        </Part>
      )}
    </div>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="quorum-part">
      <p className="text-xs text-ink-3">{title}</p>
      <div className="flex flex-wrap gap-1.5">{children}</div>
    </div>
  );
}

function Slot({ slot, isNamed }: { slot: QuorumSlot; isNamed: boolean }) {
  const { service, part } = slot;
  const name = service?.name ?? "not in this fleet";
  return (
    <span
      data-part={part}
      data-tip={`${service?.id ?? name}: ${partLooks[part].word}`}
      className="quorum-slot"
    >
      <svg viewBox="0 0 16 16" width="18" height="18" className="shrink-0" aria-hidden="true">
        <SlotShape part={part} />
      </svg>
      {isNamed && <span className={cx("max-w-32 truncate", service === null && "text-ink-3")}>{name}</span>}
    </span>
  );
}

const diamond = "M8 1.8 14.2 8 8 14.2 1.8 8z";

/** A filled diamond as the lamp of Consensus, an empty one that is struck out, or one of dashes. */
function SlotShape({ part }: { part: QuorumSlot["part"] }) {
  const line = { fill: "none", stroke: "currentColor", strokeWidth: 1.5, strokeLinejoin: "round" } as const;
  switch (part) {
    case "yes":
      return <path d={diamond} {...line} fill="currentColor" />;
    case "no":
      return <path d={`${diamond}M5.8 5.8l4.4 4.4M10.2 5.8l-4.4 4.4`} {...line} strokeLinecap="round" />;
    case "unknown":
      return <path d={diamond} {...line} strokeDasharray="2 1.9" />;
  }
}
