import Link from "next/link";
import { groupHref } from "../groups/group-href";
import { type FleetRow, ungrouped } from "./fleet-rows";

interface GroupHeadingProps {
  readonly row: Extract<FleetRow, { tag: "group" }>;
  /** The services are grouped by their groups, which have pages of their own. */
  readonly isGroup: boolean;
  /** Distance from the top of the list in pixels. */
  readonly top: number;
}

/** The heading of what follows, with the way to the group's own page where it is one. */
export function GroupHeading({ row, isGroup, top }: GroupHeadingProps) {
  const { group, size } = row;
  return (
    <tr className="fleet-group" style={{ translate: `0 ${top}px` }}>
      <th scope="rowgroup" className="min-w-0 truncate font-semibold">
        {isGroup && group !== ungrouped ? (
          <Link
            href={groupHref(group)}
            prefetch={false}
            className="underline decoration-line-strong underline-offset-3 hover:text-ink hover:decoration-current"
          >
            {group}
          </Link>
        ) : (
          group
        )}{" "}
        <span className="font-normal text-ink-3">{size}</span>
      </th>
    </tr>
  );
}
