import type { Machine, TransitionDefinition } from "@/lib/machine/types";
import { MachineNav } from "./machine-nav";
import { MachineSection } from "./machine-section";
import { ShowAnchor } from "./show-anchor";
import "./machines.css";

/** The catalogue: every machine with all that is said of its states and transitions. */
export function MachinesPage({ machines }: { machines: readonly Machine[] }) {
  return (
    <div className="flex flex-col gap-4">
      <ShowAnchor />
      <div className="flex flex-wrap items-baseline gap-x-4 gap-y-1">
        <h1 className="text-xl font-semibold tracking-tight">Machines</h1>
        <p className="text-sm text-ink-2">
          What services follow. <Line word="specified" /> stands in the specification;{" "}
          <Line word="practical" /> is needed in practice too, with the reason.
        </p>
      </div>
      <div className="grid items-start gap-6 lg:grid-cols-[13rem_minmax(0,1fr)]">
        <MachineNav machines={machines} />
        <div className="flex min-w-0 flex-col gap-10">
          {machines.map((machine) => (
            <MachineSection key={machine.kind} machine={machine} />
          ))}
        </div>
      </div>
    </div>
  );
}

/** How a transition is drawn, and its word. */
function Line({ word }: { word: TransitionDefinition["origin"] }) {
  return (
    <span className="whitespace-nowrap text-ink">
      <svg
        viewBox="0 0 28 8"
        width={28}
        height={8}
        aria-hidden="true"
        className="mr-1.5 inline-block stroke-ink-2"
      >
        <path d="M0 4h28" strokeWidth="1.5" strokeDasharray={word === "practical" ? "4 4" : undefined} />
      </svg>
      {word}
    </span>
  );
}
