"use client";

import Link from "next/link";
import { memo } from "react";
import { formatCount } from "../ui/format-count";
import { TickingSpan } from "../ui/ticking-span";
import { groupHref } from "./group-href";
import { sayRunning } from "./group-words";
import { QuorumMark } from "./quorum-word";
import { StateCounts } from "./state-counts";
import { useGroup } from "./use-group";

interface GroupEntryProps {
  readonly name: string;
  readonly ids: readonly string[];
}

/** One group of the list. Only a change of its own members draws it again. */
export const GroupEntry = memo(function GroupEntry({ name, ids }: GroupEntryProps) {
  const { members, running, unseen, quorum, chain } = useGroup(ids);
  return (
    <li className="group-entry">
      <Link
        href={groupHref(name)}
        prefetch={false}
        className="min-w-0 text-base font-medium text-ink [overflow-wrap:anywhere] hover:underline"
      >
        {name}
      </Link>
      <span className="text-ink-2">{sayRunning({ running, unseen, all: members.length }, null)}</span>
      <div className="flex min-w-0 flex-col gap-1">
        {quorum !== null && (
          <p className="flex flex-wrap items-baseline gap-x-2 text-ink-2">
            <span className="self-center">
              <QuorumMark word={quorum.word} />
            </span>
            <span className="min-w-0">{quorum.detail}</span>
          </p>
        )}
        <StateCounts members={members} />
      </div>
      <span className="text-ink-2">
        {chain !== null && (
          <>
            Block <span className="font-medium text-ink">{formatCount(chain.height)}</span>
            {chain.headAt !== null && (
              <>
                , <TickingSpan since={chain.headAt} /> old
              </>
            )}
          </>
        )}
      </span>
    </li>
  );
});
