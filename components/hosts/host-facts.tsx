import type { HostFactsView } from "@/lib/wire/host";
import { cx } from "../ui/cx";
import { Fact } from "../ui/fact";
import { Instant } from "../ui/instant";
import { useToday } from "../ui/use-today";

/** From here on the difference of the clocks misleads whoever compares two hosts' times. */
const worrisomeOffsetMs = 2_000;

/** What the host's platform says of it: manager, distance, clock, journal, rights. */
export function HostFacts({ facts }: { facts: HostFactsView }) {
  const today = useToday();
  const { manager, roundTripMs, clockOffsetMs, watched, recordFrom, rights, trouble } = facts;
  return (
    <>
      {trouble !== null && (
        <Fact word="Trouble">
          <span className="rounded bg-surface text-warning">{trouble}</span>
        </Fact>
      )}
      {manager !== null && (
        <Fact word="Manager">
          {manager}
          <span className="text-ink-2">, {watched === 1 ? "1 unit" : `${watched} units`} watched</span>
        </Fact>
      )}
      {roundTripMs !== null && <Fact word="Round trip">{sayRoundTrip(roundTripMs)}</Fact>}
      {clockOffsetMs !== null && (
        <Fact word="Clock">
          <span className={cx(Math.abs(clockOffsetMs) > worrisomeOffsetMs && "text-warning")}>
            {sayOffset(clockOffsetMs)}
          </span>
        </Fact>
      )}
      {recordFrom !== null && (
        <Fact word="Journal">
          goes back to <Instant at={recordFrom} today={today} />
        </Fact>
      )}
      {rights !== null && <Fact word="Rights">{rights}</Fact>}
    </>
  );
}

function sayRoundTrip(ms: number): string {
  return ms < 10 ? `${ms.toFixed(1)} ms` : `${Math.round(ms)} ms`;
}

function sayOffset(ms: number): string {
  const size = Math.abs(ms);
  if (size < 100) return "agrees with ours";
  const span = size < 10_000 ? `${(size / 1000).toFixed(1)} s` : `${Math.round(size / 1000)} s`;
  return `${span} ${ms > 0 ? "ahead of" : "behind"} ours`;
}
