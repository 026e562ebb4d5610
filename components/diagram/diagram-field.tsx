"use client";

import {
  type CSSProperties,
  type ReactNode,
  type RefObject,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from "react";
import type { Machine } from "@/lib/machine/types";
import type { Transition } from "@/lib/wire/service";
import { Button } from "../ui/button";
import { Message } from "../ui/message";
import { ScrollField } from "../ui/scroll-field";
import { DiagramDrawing } from "./diagram-drawing";
import { layOut } from "./lay-out";
import type { DiagramLayout } from "./layout";
import type { DiagramMarks } from "./marks";
import "./diagram.css";

interface DiagramFieldProps {
  readonly machine: Machine;
  readonly marks: DiagramMarks;
  /** The state that is lit and kept in sight; `null` for a machine that nothing is in. */
  readonly state: string | null;
  /** How far the synchronisation has come that is under way; as `Lamp` takes it. */
  readonly share?: number | null | undefined;
  readonly lastMove: Transition | null;
  /** Whatever lies on the drawing where it is large enough to be pointed at. */
  readonly over?: (layout: DiagramLayout) => ReactNode;
}

/** A machine's drawing in a field that scrolls where the drawing is too large for it. */
export function DiagramField({ machine, marks, state, share, lastMove, over }: DiagramFieldProps) {
  const layout = useLayout(machine);
  const field = useRef<HTMLDivElement>(null);
  const [whole, setWhole] = useState(false);
  const tooLarge = useIsTooLarge(field, layout);
  useKeepInSight(field, layout, state ?? machine.initial, whole);

  if (layout === "failed") {
    return (
      <Message title="The diagram could not be drawn">The state and the moves stand below in words.</Message>
    );
  }
  return (
    <div className="relative">
      <ScrollField ref={field} className="diagram-field">
        {layout === null ? (
          <div className="diagram-waiting" aria-hidden="true" />
        ) : (
          <div className="diagram-sheet" style={sheetOf(layout, whole)}>
            <DiagramDrawing
              machine={machine}
              layout={layout}
              marks={marks}
              state={state}
              share={share}
              lastMove={lastMove}
            />
            {!whole && over?.(layout)}
          </div>
        )}
      </ScrollField>
      {tooLarge && (
        <Button
          size="small"
          aria-pressed={whole}
          onClick={() => setWhole(!whole)}
          className="absolute right-3 bottom-3 shadow-raised"
        >
          Whole machine
        </Button>
      )}
    </div>
  );
}

function useLayout(machine: Machine): DiagramLayout | "failed" | null {
  const [layout, setLayout] = useState<DiagramLayout | "failed" | null>(null);
  useEffect(() => {
    let left = false;
    layOut(machine).then(
      (made) => left || setLayout(made),
      () => left || setLayout("failed"),
    );
    return () => {
      left = true;
    };
  }, [machine]);
  return layout;
}

/** Words stay readable, unless the whole is asked for. */
const smallestScale = 0.74;

function sheetOf({ width, height }: DiagramLayout, whole: boolean): CSSProperties {
  return {
    aspectRatio: width / height,
    minWidth: whole ? undefined : width * smallestScale,
    maxWidth: width * 1.12,
  };
}

function useIsTooLarge(
  field: RefObject<HTMLDivElement | null>,
  layout: DiagramLayout | "failed" | null,
): boolean {
  const [tooLarge, setTooLarge] = useState(false);
  useEffect(() => {
    const view = field.current;
    if (view === null || layout === null || layout === "failed") return;
    const watch = new ResizeObserver(() => setTooLarge(layout.width * smallestScale > view.clientWidth));
    watch.observe(view);
    return () => watch.disconnect();
  }, [field, layout]);
  return tooLarge;
}

/** Where the drawing is wider or taller than its field, the current state is brought into its middle. */
function useKeepInSight(
  field: RefObject<HTMLDivElement | null>,
  layout: DiagramLayout | "failed" | null,
  state: string | null,
  whole: boolean,
): void {
  useLayoutEffect(() => {
    const view = field.current;
    if (view === null || layout === null || layout === "failed") return;
    const node = layout.nodes.find((each) => each.state === state);
    if (node === undefined) return;
    const scale = whole ? 0 : view.scrollWidth / layout.width;
    view.scrollLeft = (node.x - layout.x) * scale - view.clientWidth / 2;
    view.scrollTop = (node.y - layout.y) * scale - view.clientHeight / 2;
  }, [field, layout, state, whole]);
}
