"use client";

import type { TimeInState } from "@/lib/wire/insight";
import { formatSpan } from "../ui/format-span";
import { Skeleton } from "../ui/skeleton";
import { ShareBar } from "./share-bar";
import { sayShare, saySharing, sharesOf } from "./shares";

export interface GroupSums {
  readonly group: string;
  /** Undefined until it is known. */
  readonly sums: TimeInState | undefined;
}

/** Each group's time: a bar of its states, what it was in words, and how long in Error. */
export function GroupTable({ groups }: { groups: readonly GroupSums[] }) {
  return (
    <table aria-label="Time in state by group" className="insight-list insight-folds">
      <thead>
        <tr>
          <th scope="col">Group</th>
          <th scope="col">Services</th>
          <th scope="col" className="insight-wide">
            States
          </th>
          <th scope="col">In Error</th>
          <th scope="col">Entries</th>
        </tr>
      </thead>
      <tbody>
        {groups.map((each) => (
          <GroupRow key={each.group} {...each} />
        ))}
      </tbody>
    </table>
  );
}

function GroupRow({ group, sums }: GroupSums) {
  if (sums === undefined) {
    return (
      <tr>
        <th scope="row">{group}</th>
        <td colSpan={4}>
          <Skeleton className="h-3 w-full" />
        </td>
      </tr>
    );
  }
  const shares = sharesOf(sums);
  const error = shares.find(({ state }) => state === "Error");
  return (
    <tr>
      <th scope="row">{group}</th>
      <td data-after="services">{sums.services}</td>
      <td className="insight-wide">
        <ShareBar shares={shares} />
        <span className="text-xs text-ink-2">{saySharing(shares, 3)}</span>
      </td>
      <td data-before="In Error">
        {formatSpan(error?.ms ?? 0)} <span className="text-ink-3">{sayShare(error?.share ?? 0)}</span>
      </td>
      <td data-after="entries">{error?.entries ?? 0}</td>
    </tr>
  );
}
