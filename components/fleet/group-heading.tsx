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

/**
 * The heading of what follows; for the eye only, as the group names its part of the table. Its link is for
 * the pointer: for the keyboard the groups' own list is one of the places of every page.
 */
export function GroupHeading({ row, isGroup, top }: GroupHeadingProps) {
  const { group, size } = row;
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: nothing in it takes the focus.
    <tr aria-hidden="true" className="fleet-group" style={{ translate: `0 ${top}px` }}>
      <td className="min-w-0 truncate">
        {isGroup && group !== ungrouped ? (
          <Link
            href={groupHref(group)}
            prefetch={false}
            tabIndex={-1}
            className="underline decoration-line-strong underline-offset-3 hover:text-ink hover:decoration-current"
          >
            {group}
          </Link>
        ) : (
          group
        )}{" "}
        <span className="font-normal text-ink-3">{size}</span>
      </td>
    </tr>
  );
}
