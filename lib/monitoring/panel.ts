/** A query of a panel; `legend` is Grafana's template of a series' name. */
export interface Target {
  readonly expr: string;
  readonly legend: string;
  /** One value at the end of the span instead of a series over it. */
  readonly instant?: boolean;
}

export interface Panel {
  readonly type: string;
  readonly title: string;
  readonly description: string;
  /** Of 24 columns. */
  readonly width: number;
  readonly height: number;
  readonly targets: readonly Target[];
  readonly unit?: string;
  readonly options?: Readonly<Record<string, unknown>>;
  readonly custom?: Readonly<Record<string, unknown>>;
  readonly mappings?: readonly unknown[];
  readonly overrides?: readonly unknown[];
  readonly transformations?: readonly unknown[];
}

const datasource = { type: "prometheus", uid: "$datasource" };

/** The panels as Grafana's JSON model has them, laid out in rows of 24 columns in the order given. */
export function layOut(panels: readonly Panel[]): Record<string, unknown>[] {
  let [x, y, rowHeight] = [0, 0, 0];
  return panels.map((panel, n) => {
    if (x + panel.width > 24) {
      y += rowHeight;
      [x, rowHeight] = [0, 0];
    }
    const gridPos = { x, y, w: panel.width, h: panel.height };
    x += panel.width;
    rowHeight = Math.max(rowHeight, panel.height);
    return asJson(panel, n + 1, gridPos);
  });
}

function asJson(panel: Panel, id: number, gridPos: unknown): Record<string, unknown> {
  const { type, title, description, unit, options, custom, mappings, overrides, transformations } = panel;
  return {
    id,
    type,
    title,
    description,
    gridPos,
    datasource,
    targets: panel.targets.map(({ expr, legend, instant }, n) => ({
      refId: String.fromCharCode(65 + n),
      datasource,
      expr,
      legendFormat: legend,
      ...(instant ? { instant: true, range: false, format: "table" } : { range: true }),
    })),
    fieldConfig: {
      defaults: { ...(unit && { unit }), ...(mappings && { mappings }), custom: custom ?? {} },
      overrides: overrides ?? [],
    },
    options: options ?? {},
    ...(transformations && { transformations }),
  };
}
