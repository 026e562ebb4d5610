/** A machine laid out: where Mermaid put its states and edges. Lengths are the drawing's own. */
export interface DiagramLayout {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly nodes: readonly LaidNode[];
  readonly edges: readonly LaidEdge[];
  /** The dot that the initial arrow comes from. */
  readonly start: { readonly x: number; readonly y: number; readonly radius: number } | null;
}

/** `x` and `y` are the middle. */
export interface LaidNode {
  readonly state: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** `index` counts as `edgeOrder(machine)` does: 0 is the initial arrow. */
export interface LaidEdge {
  readonly index: number;
  readonly path: string;
  readonly label: { readonly x: number; readonly y: number } | null;
}
