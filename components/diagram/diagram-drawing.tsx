"use client";

import { memo, useState } from "react";
import { edgeOrder, eventLabel } from "@/lib/machine/mermaid";
import type { Machine } from "@/lib/machine/types";
import type { Transition } from "@/lib/wire/service";
import { LampDrawing } from "../lamp/lamp-drawing";
import { lampOf } from "../lamp/state-lamps";
import { serverNow } from "../ui/clock";
import { sayEdge } from "./edge-words";
import type { DiagramLayout, LaidNode } from "./layout";
import type { DiagramMarks, EdgeMark } from "./marks";
import { nodeGrowth } from "./read-layout";

interface DiagramDrawingProps {
  readonly machine: Machine;
  readonly layout: DiagramLayout;
  readonly marks: DiagramMarks;
  readonly state: string | null;
  /** How far the synchronisation has come that is under way; as `Lamp` takes it. */
  readonly share?: number | null | undefined;
  /** Drawn as a light that runs along its edge, if it has only just happened. */
  readonly lastMove: Transition | null;
}

/** The drawing itself. Hidden from assistive technology: the figure's description says it in words. */
export function DiagramDrawing({ machine, layout, marks, state, share, lastMove }: DiagramDrawingProps) {
  const { x, y, width, height, start } = layout;
  const order = edgeOrder(machine);
  const [openedAt] = useState(serverNow);
  const runs = lastMove !== null && Date.parse(lastMove.at) > openedAt;
  const last = layout.edges.find(({ index }) => marks.edges[index]?.trail === 0);
  return (
    <svg viewBox={`${x} ${y} ${width} ${height}`} className="diagram-drawing" aria-hidden="true">
      <Markers />
      {start !== null && <circle cx={start.x} cy={start.y} r={start.radius} className="diagram-start" />}
      {layout.edges.map(({ index, path }) => {
        const mark = marks.edges[index];
        const edge = order[index];
        return mark === undefined ? null : (
          <path
            key={index}
            d={path}
            data-id={`edge${index}`}
            data-reach={mark.reach}
            data-trail={mark.trail ?? undefined}
            data-practical={mark.practical || undefined}
            className="diagram-edge"
            style={{ strokeWidth: thicknessOf(mark) }}
          >
            {edge && <title>{sayEdge(edge)}</title>}
          </path>
        );
      })}
      {last !== undefined && runs && (
        <path key={lastMove.id} d={last.path} pathLength={1} className="diagram-pulse" />
      )}
      {layout.edges.map(({ index, label }) => {
        const edge = order[index];
        const mark = marks.edges[index];
        if (label === null || !edge || mark?.reach === "legal") return null;
        return (
          <text
            key={index}
            x={label.x}
            y={label.y}
            data-reach={mark?.reach}
            data-trail={mark?.trail ?? undefined}
            className="diagram-label"
          >
            {eventLabel(edge.event)}
          </text>
        );
      })}
      {layout.nodes.map((node) => (
        <Node
          key={node.state}
          node={node}
          current={node.state === state}
          share={node.state === state ? share : undefined}
          trail={marks.nodeTrail.get(node.state) ?? null}
        />
      ))}
    </svg>
  );
}

/** Once is thin, and every doubling a little thicker. */
function thicknessOf({ count }: EdgeMark): number {
  return 1.25 + Math.min(2.75, Math.log2(1 + count) * 0.55);
}

interface NodeProps {
  readonly node: LaidNode;
  readonly current: boolean;
  readonly share: number | null | undefined;
  readonly trail: number | null;
}

const Node = memo(function Node({ node, current, share, trail }: NodeProps) {
  const { slug, shape } = lampOf(node.state);
  const left = node.x - node.width / 2;
  return (
    <g
      data-state={node.state}
      data-lamp={slug}
      data-current={current || undefined}
      data-trail={trail ?? undefined}
      className="diagram-node"
    >
      {current && (
        <rect
          x={left - 5}
          y={node.y - node.height / 2 - 5}
          width={node.width + 10}
          height={node.height + 10}
          rx={11}
          className="diagram-halo"
        />
      )}
      <rect
        x={left}
        y={node.y - node.height / 2}
        width={node.width}
        height={node.height}
        rx={7}
        className="diagram-box"
      />
      <g transform={`translate(${left + 12} ${node.y - 7.5}) scale(${15 / 16})`} className="diagram-lamp">
        <LampDrawing shape={shape} filled={share === undefined ? 0.6 : share} />
      </g>
      <text x={left + 36} y={node.y} className="diagram-name">
        {node.state}
      </text>
    </g>
  );
});

const tips = ["far", "near", "legal", "trail"] as const;

/** One arrowhead for each way of drawing an edge: a marker cannot take its edge's colour everywhere. */
function Markers() {
  return (
    <defs>
      {tips.map((tip) => (
        <marker
          key={tip}
          id={`diagram-tip-${tip}`}
          refX={9 + nodeGrowth / 2}
          refY="5"
          markerWidth="10"
          markerHeight="10"
          markerUnits="userSpaceOnUse"
          orient="auto"
        >
          <path d="M0.5 1 9 5 .5 9 2.6 5z" className={`diagram-tip-${tip}`} />
        </marker>
      ))}
    </defs>
  );
}
