import type { Tunnel } from "@/lib/wire/application";
import { cx } from "../ui/cx";
import { Fact } from "../ui/fact";
import { Icon } from "../ui/icons";
import { slotsOf, type TunnelSlot } from "./tunnel-slots";
import "./truth.css";

/** A tunnel's connections with the edge, each in its place, and what it runs with. */
export function TunnelConnections({ tunnel }: { tunnel: Tunnel }) {
  const { have, want, protocol, version, connectorId } = tunnel;
  return (
    <div className="flex flex-col gap-3 border-t border-line px-4 py-3 text-sm">
      <div className="flex items-baseline justify-between gap-3">
        <h3 className="text-xs font-medium text-ink-3">Connections with the edge</h3>
        <span className={cx("font-semibold", have < want ? "text-warning" : "text-ink")}>
          {have} of {want}
        </span>
      </div>
      <ul aria-label="Connections with the edge" className="tunnel-slots">
        {slotsOf(tunnel).map((slot) => (
          <Slot key={slot.index} slot={slot} />
        ))}
      </ul>
      <dl className="node-facts">
        {protocol !== null && <Fact word="Protocol">{protocol}</Fact>}
        {version !== null && <Fact word="Version">{version}</Fact>}
        {connectorId !== null && (
          <Fact word="Connector">
            <span className="font-mono text-xs">{connectorId}</span>
          </Fact>
        )}
      </dl>
    </div>
  );
}

function Slot({ slot }: { slot: TunnelSlot }) {
  const isFree = slot.tag === "free";
  return (
    <li
      data-lamp={isFree ? "stopped" : "connected"}
      className={cx(
        "flex min-h-13 min-w-0 flex-col justify-center rounded-md border px-2.5 py-1.5",
        isFree ? "border-dashed border-line-strong" : "border-state",
      )}
    >
      <span className="flex items-center gap-1.5">
        <Icon name={isFree ? "minus" : "tick"} size={12} className={isFree ? "text-ink-3" : "text-state"} />
        <span className="text-xs text-ink-3">{slot.index}</span>
        <span className={cx("min-w-0 truncate", isFree ? "text-ink-2" : "font-medium text-ink")}>
          {isFree ? "not connected" : (slot.location ?? "connected")}
        </span>
      </span>
      {!isFree && slot.edge !== null && (
        <span className="truncate font-mono text-xs text-ink-2" title={slot.edge}>
          {slot.edge}
        </span>
      )}
    </li>
  );
}
