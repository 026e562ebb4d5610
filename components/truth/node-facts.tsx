"use client";

import type { Node } from "@/lib/wire/application";
import { Countdown } from "../ui/countdown";
import { Fact } from "../ui/fact";
import { formatCount } from "../ui/format-count";
import { TickingSpan } from "../ui/ticking-span";
import { sayLastProposed, sayPart } from "./node-words";
import "./truth.css";

interface NodeFactsProps {
  readonly node: Node;
  /** The configuration, or its chain when it was last heard, calls it a validator. */
  readonly isValidator: boolean;
}

/** What is known of a node and of its part in consensus; what is not known is left out or said so. */
export function NodeFacts({ node, isValidator }: NodeFactsProps) {
  const { height, headAt, peers, minPeers, version, chainId, address, validator, validators, round } = node;
  const hasPart = validator === "yes" || (validator === "unknown" && (isValidator || validators !== null));
  return (
    <dl className="node-facts border-t border-line px-4 py-3 text-sm">
      <Fact word="Height">{height === null ? <NotKnown /> : formatCount(height)}</Fact>
      {headAt !== null && (
        <Fact word="Newest block">
          <TickingSpan since={headAt} /> old
        </Fact>
      )}
      <Fact word="Peers">
        {peers === null ? (
          <NotKnown />
        ) : (
          <span className={peers < minPeers ? "font-medium text-warning" : undefined}>
            {formatCount(peers)}
          </span>
        )}
        <span className="text-ink-2">, at least {formatCount(minPeers)} wanted</span>
      </Fact>
      {hasPart && (
        <>
          <Fact word="Validator">
            {validator === "unknown" ? <NotKnown /> : "yes"}
            {validators !== null && (
              <span className="text-ink-2">, of {formatCount(validators)} on its chain</span>
            )}
          </Fact>
          <Fact word="Takes part">
            <span className={node.participates === "no" ? "font-medium text-warning" : undefined}>
              {sayPart(node)}
            </span>
          </Fact>
          {sayLastProposed(node) !== null && <Fact word="Last proposed">{sayLastProposed(node)}</Fact>}
        </>
      )}
      {round !== null && (
        <Fact word="Round">
          <span className="font-medium text-warning">{formatCount(round.number)}</span>
          {round.expiresAt !== null && (
            <>
              , <Countdown until={round.expiresAt} before="expires in" over="has expired" />
            </>
          )}
          <span className="text-ink-2">
            , for <TickingSpan since={round.since} />
          </span>
        </Fact>
      )}
      {version !== null && <Fact word="Version">{version}</Fact>}
      {chainId !== null && <Fact word="Chain">{chainId}</Fact>}
      {address !== null && (
        <Fact word="Address">
          <span className="font-mono text-xs">{address}</span>
        </Fact>
      )}
    </dl>
  );
}

function NotKnown() {
  return <span className="text-ink-2">not known</span>;
}
