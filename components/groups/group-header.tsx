import Link from "next/link";
import type { Service } from "@/lib/wire/service";
import { cx } from "../ui/cx";
import { sayRunning } from "./group-words";
import { StateCounts } from "./state-counts";

interface GroupHeaderProps {
  readonly name: string;
  readonly members: readonly Service[];
  readonly running: number;
  readonly unseen: number;
  readonly keepRunning: number | null;
}

/** Which group this is, and who of it runs. */
export function GroupHeader({ name, members, running, unseen, keepRunning }: GroupHeaderProps) {
  const isShort = keepRunning !== null && running < keepRunning;
  return (
    <header className="flex min-w-0 flex-col gap-1">
      <nav aria-label="Where this is" className="text-xs text-ink-3">
        <Link href="/groups" className="hover:text-ink hover:underline">
          Groups
        </Link>
      </nav>
      <div className="flex flex-wrap items-baseline gap-x-4 gap-y-1">
        <h1 className="min-w-0 text-2xl font-semibold tracking-tight [overflow-wrap:anywhere]">{name}</h1>
        <p
          role="status"
          aria-label="Who runs"
          className={cx("text-sm", isShort ? "font-medium text-warning" : "text-ink-2")}
        >
          {sayRunning({ running, unseen, all: members.length }, keepRunning)}
        </p>
      </div>
      <StateCounts members={members} />
    </header>
  );
}
