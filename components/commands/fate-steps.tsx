"use client";

import { cx } from "../ui/cx";
import { Icon } from "../ui/icons";
import { Instant } from "../ui/instant";
import type { Fate } from "./command-fate";
import { FateLine, FateMark } from "./fate-line";

const steps = ["Asked", "Accepted", "Under way", "Reached", "Proven"];

/**
 * A command's way from asked to proven, said step by step: nothing here calls a thing done that has
 * merely been asked for. The announcement is polite and speaks once per step.
 */
export function FateSteps({ fate, onDismiss }: { fate: Fate | null; onDismiss: () => void }) {
  return (
    <div role="status" aria-label="Command" className={cx(fate !== null && "border-t border-line px-4 py-3")}>
      {fate !== null && (
        <div className="flex flex-col gap-2">
          <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <FateLine fate={fate} onDismiss={onDismiss} className="[&_.truncate]:whitespace-normal" />
            {fate.command !== null && (
              <span className="text-xs text-ink-3" aria-live="off">
                by {fate.command.actor}, <Instant at={fate.command.requestedAt} />
                {fate.command.reason !== null && <> · “{fate.command.reason}”</>}
              </span>
            )}
          </div>
          {fate.command !== null && <Track fate={fate} />}
        </div>
      )}
    </div>
  );
}

function Track({ fate }: { fate: Fate }) {
  return (
    <ol aria-hidden="true" className="flex flex-wrap gap-x-3 gap-y-1 text-2xs text-ink-3">
      {steps.map((step, at) => (
        <li key={step} className="flex items-center gap-1.5">
          <span className={cx("flex items-center gap-1", at <= fate.step && "text-ink-2")}>
            {at < fate.step || fate.tone === "good" ? (
              <Icon name="tick" size={10} />
            ) : at === fate.step ? (
              <FateMark tone={fate.tone} />
            ) : (
              <span className="size-1.5 rounded-full border border-line-strong" />
            )}
            {step}
          </span>
        </li>
      ))}
    </ol>
  );
}
