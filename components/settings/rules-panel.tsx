"use client";

import type { AlertRule } from "@/lib/wire/alert";
import { SeverityMark } from "../alerts/severity-mark";
import { useRules } from "../alerts/use-rules";
import { Button } from "../ui/button";
import { cx } from "../ui/cx";
import { Panel } from "../ui/panel";
import { ScrollField } from "../ui/scroll-field";
import { Skeleton } from "../ui/skeleton";

/** On a phone what to do stands with the rule, and the rest makes room. */
const columns = [
  { word: "Rule", className: "" },
  { word: "Fires after", className: "" },
  { word: "Severity", className: "" },
  { word: "About", className: "max-md:hidden" },
  { word: "From", className: "max-md:hidden" },
  { word: "What to do", className: "max-md:hidden" },
];

/** The alert rules as they hold for the fleet; groups, kinds and services may have limits of their own. */
export function RulesPanel() {
  const { rules, failure, retry } = useRules();
  return (
    <Panel name="Alert rules">
      {failure !== null && (
        <p role="alert" className="flex flex-wrap items-center gap-2 px-4 py-2.5 text-sm text-error">
          The rules could not be read. {failure}
          <Button size="small" onClick={retry}>
            Try again
          </Button>
        </p>
      )}
      {rules === null ? (
        failure === null && (
          <div role="status" aria-label="Loading" className="flex flex-col gap-3 p-4">
            {["a", "b", "c", "d", "e"].map((row) => (
              <Skeleton key={row} className="h-6" />
            ))}
          </div>
        )
      ) : (
        <ScrollField>
          <table aria-label="Alert rules" className="w-full text-sm">
            <thead>
              <tr className="h-9 text-left text-xs text-ink-3">
                {columns.map(({ word, className }) => (
                  <th key={word} scope="col" className={cx("px-3 font-medium first:pl-4", className)}>
                    {word}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rules.map((rule) => (
                <RuleRow key={rule.id} rule={rule} />
              ))}
            </tbody>
          </table>
        </ScrollField>
      )}
      <p className="border-t border-line px-4 py-3 text-xs text-ink-2">
        These limits hold for the fleet. <code className="font-mono text-ink">alerts</code> in{" "}
        <code className="font-mono text-ink">signalbox.yaml</code> changes them, there or for a group, a kind
        or a service.
      </p>
    </Panel>
  );
}

const aboutWords = { service: "a service", host: "a host", group: "a group" } as const;
const originWords = { specified: "the specification", practical: "practice" } as const;

function RuleRow({ rule: { id, title, after, severity, about, origin, todo } }: { rule: AlertRule }) {
  return (
    <tr className="border-t border-line align-top">
      <th scope="row" className="min-w-32 px-3 py-2 pl-4 text-left font-medium text-ink">
        {title}
        <span className="block font-mono text-2xs font-normal text-ink-3">{id}</span>
        <span className="mt-1 block text-xs font-normal text-ink-2 md:hidden">{todo}</span>
      </th>
      <td className="min-w-20 px-3 py-2 text-ink md:min-w-28">{after}</td>
      <td className="px-3 py-2">
        <SeverityMark severity={severity} />
      </td>
      <td className="px-3 py-2 whitespace-nowrap text-ink-2 max-md:hidden">{aboutWords[about]}</td>
      <td className="px-3 py-2 whitespace-nowrap text-ink-2 max-md:hidden">{originWords[origin]}</td>
      <td className="min-w-64 px-3 py-2 text-ink-2 max-md:hidden">{todo}</td>
    </tr>
  );
}
