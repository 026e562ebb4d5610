import { mermaidText } from "@/lib/machine/mermaid";
import type { Machine } from "@/lib/machine/types";
import type { DiagramLayout } from "./layout";
import { readLayout } from "./read-layout";

const laidOut = new Map<string, Promise<DiagramLayout>>();

/** The layout of a machine: made once per machine and page load, by Mermaid, which is loaded for it. */
export function layOut(machine: Machine): Promise<DiagramLayout> {
  const text = mermaidText(machine);
  const known = laidOut.get(text);
  if (known !== undefined) return known;
  const made = make(machine, text);
  laidOut.set(text, made);
  made.catch(() => laidOut.delete(text));
  return made;
}

let drawings = 0;

async function make(machine: Machine, text: string): Promise<DiagramLayout> {
  const { default: mermaid } = await import("mermaid");
  const style = getComputedStyle(document.body);
  mermaid.initialize({
    startOnLoad: false,
    securityLevel: "strict",
    suppressErrorRendering: true,
    layout: "elk",
    look: "classic",
    theme: "base",
    // SVG text is measured as it is drawn; HTML labels would have to be measured in a page of their own.
    htmlLabels: false,
    fontFamily: style.fontFamily,
    fontSize: 13,
    themeVariables: { fontSize: "13px" },
    state: { useMaxWidth: false, minNodeWidth: 128 },
  });
  drawings += 1;
  const { svg } = await mermaid.render(`machine-${drawings}`, text);
  const drawing = new DOMParser().parseFromString(svg, "image/svg+xml").documentElement;
  return readLayout(drawing, machine);
}
