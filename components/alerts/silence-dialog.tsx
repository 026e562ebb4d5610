"use client";

import { useId, useState } from "react";
import { isAboutGroup } from "@/lib/wire/about-group";
import type { Alert } from "@/lib/wire/alert";
import { useOpenAlerts } from "../live/use-fleet";
import { ExpectedDialog } from "./expected-dialog";
import { emptySpan, matcherOf, type Scope, scopesOf } from "./expected-draft";
import { Choice } from "./form-field";
import { SpanFields } from "./span-fields";
import { useExpect } from "./use-expect";
import { useRules } from "./use-rules";

interface SilenceDialogProps {
  readonly alert: Alert;
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}

/** Says that alerts like this one are expected for a while: they hold on, and nobody is told. */
export function SilenceDialog({ alert, open, onOpenChange }: SilenceDialogProps) {
  const [scope, setScope] = useState<Scope>(scopesOf(alert)[0] ?? "rule");
  const [onlyRule, setOnlyRule] = useState(false);
  const [draft, setDraft] = useState(emptySpan);
  const id = useId();
  const rule = useRules().rules?.find((each) => each.id === alert.rule)?.title ?? alert.rule;
  const expect = useExpect("silence", draft, () => {
    setDraft(emptySpan);
    onOpenChange(false);
  });
  const firing = useOpenAlerts().filter(
    (each) => each.status === "firing" && isIn(each, alert, scope, onlyRule),
  ).length;

  return (
    <ExpectedDialog
      open={open}
      onOpenChange={onOpenChange}
      title="Silence alerts"
      says="They still fire and stand here, but nobody is told of them, until it ends by itself or somebody ends it."
      submit="Silence"
      asking={expect.asking}
      refusal={expect.refusal}
      onSubmit={() => expect.send(matcherOf(alert, scope, onlyRule))}
    >
      <fieldset className="flex flex-col">
        <legend className="mb-1 text-sm font-medium">What</legend>
        {scopesOf(alert).map((each) => (
          <Choice key={each} name={`${id}scope`} checked={scope === each} onChoose={() => setScope(each)}>
            {sayScope(each, alert, rule)}
          </Choice>
        ))}
        {scope !== "rule" && (
          <label className="flex min-h-7 items-center gap-2 text-sm text-ink">
            <input
              type="checkbox"
              checked={onlyRule}
              onChange={(event) => setOnlyRule(event.target.checked)}
              className="size-4 shrink-0 accent-(--accent)"
            />
            <span>
              There only the rule <span className="font-medium">{rule}</span>
            </span>
          </label>
        )}
        <p role="status" className="mt-1 text-xs text-ink-2">
          {firing === 1 ? "1 alert that fires now is in it." : `${firing} alerts that fire now are in it.`}
        </p>
      </fieldset>
      <SpanFields
        draft={draft}
        onChange={(change) => setDraft((before) => ({ ...before, ...change }))}
        problems={expect.problems}
      />
    </ExpectedDialog>
  );
}

function sayScope(scope: Scope, alert: Alert, rule: string): string {
  switch (scope) {
    case "service":
      return `This service: ${alert.service}`;
    case "group":
      return `This group: ${alert.group}`;
    case "host":
      return `This host, and everything on it: ${alert.host}`;
    case "rule":
      return `This rule everywhere: ${rule}`;
  }
}

function isIn(each: Alert, alert: Alert, scope: Scope, onlyRule: boolean): boolean {
  if ((onlyRule || scope === "rule") && each.rule !== alert.rule) return false;
  switch (scope) {
    case "service":
      return each.service === alert.service;
    case "group":
      return each.group === alert.group;
    case "host":
      return each.host === alert.host && !isAboutGroup(each);
    case "rule":
      return true;
  }
}
