"use client";

import type { ReactNode } from "react";
import type { Machine, StateDefinition } from "@/lib/machine/types";
import type { Service, Transition } from "@/lib/wire/service";
import type { Operator } from "../commands/use-operator";
import { LastLines } from "../history/evidence";
import { evidenceParts } from "../history/evidence-parts";
import { inEvidenceWords } from "../history/evidence-words";
import { Button } from "../ui/button";
import { Icon } from "../ui/icons";
import { CommandText } from "./command-text";
import { WordList } from "./quiet-panel";
import { diagnoseAndFix, type RecoveryStep, type RunsOn, recoverByHand } from "./recovery-procedure";

interface RecoveryGuideProps {
  readonly machine: Machine;
  readonly definition: StateDefinition | undefined;
  readonly service: Service;
  readonly transitions: readonly Transition[];
  readonly operator: Operator;
  readonly runsOn: RunsOn;
}

/** The way out of Error: what happened, then the specification's three steps, the levers at hand. */
export function RecoveryGuide({
  machine,
  definition,
  service,
  transitions,
  operator,
  runsOn,
}: RecoveryGuideProps) {
  const fall = transitions.find((transition) => transition.to === "Error");
  const advice = machine.transitions.find(
    (edge) => edge.to === "Error" && edge.from === fall?.from && edge.event === fall?.event,
  )?.recovery;
  return (
    <section
      aria-label="Recovery"
      data-lamp="error"
      className="min-w-0 rounded-lg border border-state bg-[color-mix(in_oklab,var(--state)_4%,var(--surface))]"
    >
      <header className="border-b border-line px-4 py-3">
        <h2 className="text-sm font-semibold text-ink">Recovery</h2>
        {fall !== undefined && <WhatHappened fall={fall} advice={advice} />}
      </header>
      <ol className="flex flex-col">
        {diagnoseAndFix(service, runsOn).map((step, at) => (
          <Step key={step.title} number={at + 1} title={step.title}>
            {at === 0 && <WordList title="Recovery actions" words={definition?.recovery ?? []} />}
            <WordList words={step.advice} />
            <Commands commands={step.commands} />
          </Step>
        ))}
        <Step number={3} title="Recover">
          <div className="flex flex-wrap gap-2">
            <Lever operator={operator} event="restart" words="Option 1: Restart" />
            <Lever operator={operator} event="reset" words="Option 2: Reset" />
          </div>
          <Commands commands={recoverByHand(runsOn)} />
        </Step>
      </ol>
    </section>
  );
}

/** What of the evidence is wanted at a glance, before any log is read. */
const tellingKeys: ReadonlySet<string> = new Set([
  "exitCode",
  "signal",
  "runtimeMs",
  "result",
  "ended",
  "exitStatus",
]);

function WhatHappened({ fall, advice }: { fall: Transition; advice: string | undefined }) {
  const { facts, logs } = evidenceParts(fall.evidence);
  const telling = facts.flatMap(({ key, value }) =>
    tellingKeys.has(key) ? [inEvidenceWords(key, value)] : [],
  );
  return (
    <div className="mt-1 flex flex-col gap-2 text-sm text-ink-2">
      <p>
        <span className="font-medium text-ink">{fall.event ?? "Moved to Error"}</span>: {fall.cause.detail}
        {advice !== undefined && <span className="block">{advice}.</span>}
      </p>
      {telling.length > 0 && (
        <p className="font-mono text-xs">
          {telling.map(({ word, value }) => `${word} ${value}`).join(" · ")}
        </p>
      )}
      {logs.slice(0, 1).map(({ key, lines }) => (
        <LastLines key={key} word="Its last lines" lines={lines.slice(-8)} />
      ))}
    </div>
  );
}

function Step({ number, title, children }: { number: number; title: string; children: ReactNode }) {
  return (
    <li className="flex gap-3 border-b border-line px-4 py-3 last:border-0">
      <span
        aria-hidden="true"
        className="grid size-5 shrink-0 place-items-center rounded-full border border-line-strong text-2xs font-semibold text-ink-2"
      >
        {number}
      </span>
      <div className="flex min-w-0 grow flex-col gap-2 text-sm">
        <h3 className="font-medium text-ink">
          <span className="sr-only">Step {number}: </span>
          {title}
        </h3>
        {children}
      </div>
    </li>
  );
}

function Commands({ commands }: { commands: RecoveryStep["commands"] }) {
  return commands.map(({ says, command }) => <CommandText key={command} says={says} command={command} />);
}

function Lever({
  operator,
  event,
  words,
}: {
  operator: Operator;
  event: "restart" | "reset";
  words: string;
}) {
  return (
    <Button
      look={event === "restart" ? "primary" : "plain"}
      refusal={operator.refusal(event)}
      onClick={() => operator.press(event)}
    >
      <Icon name={event} /> {words}
    </Button>
  );
}
