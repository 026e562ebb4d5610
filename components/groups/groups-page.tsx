"use client";

import { useFleetIndex } from "../live/use-fleet";
import { Message } from "../ui/message";
import { GroupEntry } from "./group-entry";
import { useGroups } from "./use-group";
import "./groups.css";

/** Every group of the fleet, with how it stands. */
export function GroupsPage() {
  const groups = useGroups();
  const alone = useFleetIndex(false).filter(({ group }) => group === null).length;
  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-wrap items-baseline gap-x-4 gap-y-1">
        <h1 className="text-xl font-semibold tracking-tight">Groups</h1>
        <p className="text-sm text-ink-2">
          {groups.size > 0 &&
            alone > 0 &&
            `${alone === 1 ? "1 service is" : `${alone} services are`} in none.`}
        </p>
      </div>
      <div className="overflow-clip rounded-lg border border-line bg-surface">
        {groups.size === 0 ? (
          <Message title="No groups yet">
            <p>
              Services that belong together are given the same{" "}
              <code className="font-mono text-ink">group</code> in signalbox.yaml: the validators of a chain,
              the tunnels of a site.
            </p>
          </Message>
        ) : (
          <ul aria-label="Groups">
            {[...groups].map(([name, ids]) => (
              <GroupEntry key={name} name={name} ids={ids} />
            ))}
          </ul>
        )}
      </div>
    </div>
  );
}
