/** One line of a Prometheus text exposition that carries a value. */
export interface Sample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

const linePattern = /^([A-Za-z_:][A-Za-z0-9_:]*)(?:\{(.*)\})?[ \t]+(\S+)(?:[ \t]+\S+)?$/;
const labelPattern = /\s*([A-Za-z_][A-Za-z0-9_]*)\s*=\s*"((?:[^"\\]|\\.)*)"\s*(?:,|$)/y;

/**
 * The samples of a text in Prometheus' exposition format 0.0.4, of the names that are wanted. Comments
 * and lines that are no samples are passed over: what an application exports beside is its own affair.
 */
export function* samplesOf(text: string, wanted: ReadonlySet<string>): Generator<Sample> {
  for (const line of text.split("\n")) {
    const name = /^[A-Za-z_:][A-Za-z0-9_:]*/.exec(line)?.[0];
    if (name === undefined || !wanted.has(name)) continue;
    const match = linePattern.exec(line.trimEnd());
    if (match === null) continue;
    const labels = labelsOf(match[2] ?? "");
    const value = numberOf(match[3] ?? "");
    if (labels !== null && value !== null) yield { name, labels, value };
  }
}

function labelsOf(text: string): Readonly<Record<string, string>> | null {
  const labels: Record<string, string> = {};
  labelPattern.lastIndex = 0;
  while (labelPattern.lastIndex < text.length) {
    const match = labelPattern.exec(text);
    if (match === null) return null;
    labels[match[1] ?? ""] = (match[2] ?? "").replace(/\\(.)/g, (_, escaped) =>
      escaped === "n" ? "\n" : escaped,
    );
  }
  return labels;
}

function numberOf(text: string): number | null {
  if (/^[+-]?Inf$/.test(text)) return text.startsWith("-") ? -Infinity : Infinity;
  const value = Number(text);
  return text === "NaN" || Number.isNaN(value) ? null : value;
}
