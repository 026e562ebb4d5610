import type { Machine } from "@/lib/machine/types";
import { Followers } from "./followers";
import { LazyDiagram } from "./lazy-diagram";
import { StateCard } from "./state-card";

/** One machine: its drawing, who follows it, and each state with the transitions out of it. */
export function MachineSection({ machine }: { machine: Machine }) {
  const { kind, title, initial, states, transitions } = machine;
  const specified = transitions.filter(({ origin }) => origin === "specified").length;
  return (
    <section id={kind} tabIndex={-1} aria-label={kind} className="machine-anchor flex flex-col gap-4">
      <header>
        <h2 className="text-lg font-semibold tracking-tight">{kind}</h2>
        <p className="text-sm text-ink-2">
          {title}. {states.length} states; {specified} specified and {transitions.length - specified}{" "}
          practical transitions; begins in {initial}.
        </p>
      </header>
      <div className="min-w-0 overflow-clip rounded-lg border border-line bg-surface">
        <LazyDiagram machine={machine} />
        <Followers kind={kind} />
      </div>
      {states.map((state) => (
        <StateCard key={state.name} machine={machine} state={state} />
      ))}
    </section>
  );
}
