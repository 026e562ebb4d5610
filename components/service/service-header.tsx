import Link from "next/link";
import type { Machine } from "@/lib/machine/types";
import type { Service } from "@/lib/wire/service";
import { groupHref } from "../groups/group-href";
import { Icon } from "../ui/icons";

/** Which service this is: its name, what it follows, where it lives. */
export function ServiceHeader({ service, machine }: { service: Service; machine: Machine }) {
  const { name, host, kind, group, tags, runbook } = service;
  return (
    <header className="flex min-w-0 flex-col gap-1">
      <nav aria-label="Where this is" className="flex items-center gap-1.5 text-xs text-ink-3">
        <Link href="/" className="hover:text-ink hover:underline">
          Fleet
        </Link>
        <Icon name="chevron" size={10} />
        <span>{host}</span>
      </nav>
      <div className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
        <h1 className="text-2xl font-semibold tracking-tight [overflow-wrap:anywhere]">{name}</h1>
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-sm text-ink-2">
          <span title={machine.title}>{kind}</span>
          <Dot /> <span>on {host}</span>
          {group !== null && (
            <>
              <Dot />{" "}
              <Link href={groupHref(group)} className="hover:text-ink hover:underline">
                {group}
              </Link>
            </>
          )}
          {tags.map((tag) => (
            <span key={tag} className="rounded border border-line-strong px-1.5 text-xs">
              {tag}
            </span>
          ))}
          {runbook !== null && <Runbook address={runbook} />}
        </p>
      </div>
    </header>
  );
}

function Dot() {
  return (
    <span aria-hidden="true" className="text-ink-3">
      ·
    </span>
  );
}

/** Only web addresses become links: the configuration could hold anything. */
function Runbook({ address }: { address: string }) {
  if (!/^https?:\/\//i.test(address)) return <span>runbook: {address}</span>;
  return (
    <a
      href={address}
      rel="noreferrer"
      target="_blank"
      className="inline-flex items-center gap-1 text-accent hover:underline"
    >
      Runbook <Icon name="external" size={12} />
    </a>
  );
}
