import type { Machine } from "@/lib/machine/types";
import type { DiagramLayout, LaidEdge, LaidNode } from "./layout";
import { squeezePath } from "./squeeze";

/** What is left of the heights. */
const squeeze = 0.78;

/** Drawn on top of what is left of a state's box, half above and half below: arrows end before it. */
export const nodeGrowth = 6;

/**
 * Takes the positions out of Mermaid's drawing of a machine. Only the positions: the page draws them
 * itself, in its own colours, so that a change of state or theme never lays anything out again.
 * @throws if the drawing does not hold every state and edge of the machine.
 */
export function readLayout(svg: Element, machine: Machine): DiagramLayout {
  const [x = 0, y = 0, width = 0, height = 0] = (svg.getAttribute("viewBox") ?? "")
    .split(/[\s,]+/)
    .map(Number);
  const labels = new Map(
    [...svg.querySelectorAll(".edgeLabel .label[data-id]")].map((label) => [
      label.getAttribute("data-id"),
      positionOf(label.closest(".edgeLabel")),
    ]),
  );
  const edges = [...svg.querySelectorAll("path[data-edge][data-id]")].map((path): LaidEdge => {
    const id = path.getAttribute("data-id") ?? "";
    return {
      index: Number(id.replace("edge", "")),
      path: squeezePath(path.getAttribute("d") ?? "", squeeze),
      label: labels.get(id) ?? null,
    };
  });
  const nodes = machine.states.map(({ name }) => nodeOf(svg, name));
  if (edges.length !== machine.transitions.length + 1)
    throw new Error("The drawing lacks edges of the machine.");
  const dot = svg.querySelector(".state-start");
  const start =
    dot === null ? null : { ...positionOf(dot.closest(".node")), radius: Number(dot.getAttribute("r") ?? 7) };
  return { x, y: y * squeeze, width, height: height * squeeze, nodes, edges, start };
}

function nodeOf(svg: Element, state: string): LaidNode {
  const node = [...svg.querySelectorAll(".node")].find((each) => stateOf(each.id) === state);
  const box = node?.querySelector("rect.basic");
  if (node === undefined || box === null || box === undefined)
    throw new Error(`The drawing lacks the state ${state}.`);
  const width = Number(box.getAttribute("width"));
  const height = Number(box.getAttribute("height")) * squeeze + nodeGrowth;
  return { state, ...positionOf(node), width, height };
}

/** Mermaid's ids of states: "…-state-Running-3". */
function stateOf(id: string): string | undefined {
  return /-state-(.+)-\d+$/.exec(id)?.[1];
}

function positionOf(element: Element | null): { x: number; y: number } {
  const [, x = "0", y = "0"] =
    /translate\(\s*(-?[\d.]+)[,\s]+(-?[\d.]+)/.exec(element?.getAttribute("transform") ?? "") ?? [];
  return { x: Number(x), y: Number(y) * squeeze };
}
