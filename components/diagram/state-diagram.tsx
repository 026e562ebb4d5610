"use client";

import {
  type CSSProperties,
  type RefObject,
  useEffect,
  useId,
  useLayoutEffect,
  useRef,
  useState,
} from "react";
import type { Machine } from "@/lib/machine/types";
import type { Service, Transition } from "@/lib/wire/service";
import type { Operator } from "../commands/use-operator";
import { lampOf } from "../lamp/state-lamps";
import { Button } from "../ui/button";
import { Message } from "../ui/message";
import { ScrollField } from "../ui/scroll-field";
import { DiagramDrawing } from "./diagram-drawing";
import { DiagramLevers } from "./diagram-levers";
import { describeDiagram } from "./edge-words";
import { layOut } from "./lay-out";
import type { DiagramLayout } from "./layout";
import { markDiagram } from "./marks";
import "./diagram.css";

interface StateDiagramProps {
  readonly machine: Machine;
  readonly service: Service;
  /** Newest first. */
  readonly transitions: readonly Transition[];
  readonly operator: Operator;
}

/** The machine, large: where the service is, the way it took here, and where one may send it now. */
export function StateDiagram({ machine, service, transitions, operator }: StateDiagramProps) {
  const description = useId();
  const layout = useLayout(machine);
  const marks = markDiagram(machine, service, transitions);
  const field = useRef<HTMLDivElement>(null);
  const [whole, setWhole] = useState(false);
  const tooLarge = useIsTooLarge(field, layout);
  useKeepInSight(field, layout, service.state, whole);

  return (
    <figure
      aria-label="State diagram"
      aria-describedby={description}
      data-lamp={lampOf(service.state).slug}
      data-observed={service.contact.status === "live"}
      className="diagram"
    >
      <p id={description} hidden>
        {describeDiagram(machine, service)}
      </p>
      {layout === "failed" ? (
        <Message title="The diagram could not be drawn">
          The state and the moves stand below in words.
        </Message>
      ) : (
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
                  state={service.state}
                  lastMove={transitions[0] ?? null}
                />
                {!whole && <DiagramLevers layout={layout} levers={marks.levers} operator={operator} />}
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
      )}
    </figure>
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
