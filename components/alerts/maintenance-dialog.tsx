"use client";

import { useId, useMemo, useState } from "react";
import type { Matcher } from "@/lib/wire/alert";
import type { Service } from "@/lib/wire/service";
import { useFleetIndex, useHosts } from "../live/use-fleet";
import { ExpectedDialog } from "./expected-dialog";
import { emptySpan } from "./expected-draft";
import { fieldLook, Wrong, wrongAs } from "./form-field";
import { SpanFields } from "./span-fields";
import { useExpect } from "./use-expect";

const places = ["host", "group", "service", "tag", "kind"] as const satisfies readonly (keyof Matcher)[];
type Place = (typeof places)[number];

const words: Readonly<Record<Place, string>> = {
  host: "A host, and everything on it",
  group: "A group",
  service: "A service",
  tag: "All with a tag",
  kind: "All of a kind",
};

interface MaintenanceDialogProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}

/** Plans a time in which something is worked on: alerts there do not fire at all. */
export function MaintenanceDialog({ open, onOpenChange }: MaintenanceDialogProps) {
  const [place, setPlace] = useState<Place>("host");
  const [value, setValue] = useState("");
  const [draft, setDraft] = useState(emptySpan);
  const id = useId();
  const known = useKnown(place);
  const expect = useExpect("maintenance", draft, () => {
    setDraft(emptySpan);
    setValue("");
    onOpenChange(false);
  });
  const unknown = value !== "" && !known.includes(value.trim());

  return (
    <ExpectedDialog
      open={open}
      onOpenChange={onOpenChange}
      title="Plan a maintenance"
      says="While it lasts, alerts there do not fire. What is still wrong when it ends fires then."
      submit="Plan it"
      asking={expect.asking}
      refusal={expect.refusal}
      onSubmit={() => expect.send(value.trim() === "" ? null : { [place]: value.trim() })}
    >
      <div className="flex flex-col gap-1">
        <label htmlFor={`${id}place`} className="text-sm font-medium">
          What is worked on
        </label>
        <div className="grid gap-2 sm:grid-cols-2">
          <select
            id={`${id}place`}
            value={place}
            onChange={(event) => setPlace(places.find((each) => each === event.target.value) ?? "host")}
            className={fieldLook(undefined)}
          >
            {places.map((each) => (
              <option key={each} value={each}>
                {words[each]}
              </option>
            ))}
          </select>
          <input
            aria-label="Which"
            list={`${id}known`}
            value={value}
            maxLength={600}
            autoComplete="off"
            spellCheck={false}
            onChange={(event) => setValue(event.target.value)}
            placeholder={known[0] ?? ""}
            {...wrongAs(`${id}what-wrong`, expect.problems.what)}
            className={fieldLook(expect.problems.what)}
          />
          <datalist id={`${id}known`}>
            {known.slice(0, 500).map((each) => (
              <option key={each} value={each} />
            ))}
          </datalist>
        </div>
        <Wrong id={`${id}what-wrong`} problem={expect.problems.what} />
        {unknown && (
          <p role="status" className="text-xs text-warning">
            Nothing in the fleet is called so now.
          </p>
        )}
      </div>
      <SpanFields
        draft={draft}
        onChange={(change) => setDraft((before) => ({ ...before, ...change }))}
        problems={expect.problems}
        mayStartLater
      />
    </ExpectedDialog>
  );
}

/** What the fleet has of this. */
function useKnown(place: Place): readonly string[] {
  const services = useFleetIndex(false);
  const hosts = useHosts();
  return useMemo(() => {
    const found =
      place === "host" ? hosts.map(({ id }) => id) : services.flatMap((each) => namesIn(each, place));
    return [...new Set(found)].sort((left, right) => left.localeCompare(right));
  }, [place, services, hosts]);
}

function namesIn({ id, group, tags, kind }: Service, place: Exclude<Place, "host">): readonly string[] {
  switch (place) {
    case "group":
      return group === null ? [] : [group];
    case "service":
      return [id];
    case "tag":
      return tags;
    case "kind":
      return [kind];
  }
}
