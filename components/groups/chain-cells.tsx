import type { Node } from "@/lib/wire/application";
import type { Service } from "@/lib/wire/service";
import { formatCount } from "../ui/format-count";
import { behindOf } from "./members";

/** Where nothing is known, nothing is claimed. */
function Nothing() {
  return <span className="text-ink-3">–</span>;
}

/** The block that a validator proposed last. */
export function ProposedCell({ node }: { node: Node | null }) {
  if (node === null || node.lastProposed === null) return <Nothing />;
  const { lastProposed, height } = node;
  return (
    <>
      {formatCount(lastProposed)}
      {height !== null && height > lastProposed && (
        <span className="text-ink-3"> {formatCount(height - lastProposed)} ago</span>
      )}
    </>
  );
}

/** A node's head, and how far it is behind the highest of its group. */
export function HeightCell({ service, head }: { service: Service; head: number | null }) {
  const height = service.application?.node?.height ?? null;
  if (height === null) return <Nothing />;
  const behind = behindOf(service, head);
  return (
    <>
      {formatCount(height)}
      {behind !== null && behind > 0 && <span className="text-ink-3"> {formatCount(behind)} behind</span>}
    </>
  );
}

export function PeersCell({ node }: { node: Node | null }) {
  if (node === null || node.peers === null) return <Nothing />;
  const { peers, minPeers } = node;
  return (
    <span className={peers < minPeers ? "font-medium text-warning" : undefined}>{formatCount(peers)}</span>
  );
}
