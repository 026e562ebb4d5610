"use client";

import { useCallback, useState } from "react";
import type { Silence } from "@/lib/wire/alert";
import { Button } from "../ui/button";
import { useTicking } from "../ui/clock";
import { Icon } from "../ui/icons";
import { Panel } from "../ui/panel";
import { Skeleton } from "../ui/skeleton";
import { useToday } from "../ui/use-today";
import { useWhenNeeded } from "../ui/use-when-needed";
import { standingOf } from "./alert-words";
import { ExpectedEntry } from "./expected-entry";
import { type Silences, useSilences } from "./use-silences";

const loadDialog = () => import("./maintenance-dialog").then(({ MaintenanceDialog }) => MaintenanceDialog);

/** What is expected now or later, who said so and why: its alerts are held back. */
export function ExpectedPanel() {
  const [Dialog, needDialog] = useWhenNeeded(loadDialog);
  const [open, setOpen] = useState(false);

  return (
    <Panel
      name="Expected"
      tools={
        <Button
          size="small"
          onClick={() => {
            needDialog();
            setOpen(true);
          }}
        >
          <Icon name="calendar" size={12} /> Plan a maintenance…
        </Button>
      }
    >
      <Content {...useSilences()} />
      {Dialog !== null && <Dialog open={open} onOpenChange={setOpen} />}
    </Panel>
  );
}

function Content({ silences, failure, retry, end }: Silences) {
  const standing = useStanding(silences ?? []);
  const today = useToday();
  if (silences === null) {
    return failure === null ? (
      <div role="status" aria-label="Loading" className="flex flex-col gap-3 p-4">
        <Skeleton className="h-5" />
        <Skeleton className="h-5" />
      </div>
    ) : (
      <p role="alert" className="flex flex-wrap items-center gap-2 px-4 py-3 text-sm text-error">
        What is expected could not be read. {failure} <Button onClick={retry}>Try again</Button>
      </p>
    );
  }
  if (standing.length === 0) {
    return (
      <p className="px-4 py-3 text-sm text-ink-2">
        Nothing is expected: every alert is told. A silence or a maintenance stands here while it lasts.
      </p>
    );
  }
  return (
    <ul aria-label="Expected">
      {standing.map((silence) => (
        <ExpectedEntry key={silence.id} silence={silence} today={today} onEnd={end} />
      ))}
    </ul>
  );
}

/** Those that run, the one that ends first first, then those to come; without what is over. */
function useStanding(silences: readonly Silence[]): readonly Silence[] {
  const read = useCallback(
    (_now: number, now: number) => silences.map((silence) => standingOf(silence, now)).join(" "),
    [silences],
  );
  const standings = useTicking(read).split(" ");
  const those = (standing: string) => silences.filter((_, at) => standings[at] === standing);
  return [
    ...those("running").sort((left, right) => Date.parse(left.endsAt) - Date.parse(right.endsAt)),
    ...those("coming").sort((left, right) => Date.parse(left.startsAt) - Date.parse(right.startsAt)),
  ];
}
