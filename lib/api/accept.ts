interface Range {
  readonly type: string;
  readonly quality: number;
}

/** What fits one of the offers: how much it is wanted, and how exactly it was named (0 any type, 2 in full). */
interface Fit {
  readonly quality: number;
  readonly exactness: 0 | 1 | 2;
}

/**
 * Which of the media types offered an `Accept` header wants most (RFC 9110, 12.5.1). Among equals the
 * one that is named more exactly, then the one offered first. Without a header the first.
 * @returns null when it wants none of them.
 */
export function chooseType<Offer extends string>(
  accept: string | null,
  offers: readonly [Offer, ...Offer[]],
): Offer | null {
  if (accept === null || accept.trim() === "") return offers[0];
  const ranges = accept.split(",").flatMap((text) => readRange(text) ?? []);
  let best: { readonly offer: Offer; readonly fit: Fit } | null = null;
  for (const offer of offers) {
    const fit = fitOf(offer, ranges);
    if (fit === null || fit.quality === 0) continue;
    if (best === null || compareFits(fit, best.fit) > 0) best = { offer, fit };
  }
  return best?.offer ?? null;
}

function readRange(text: string): Range | null {
  const [type = "", ...parameters] = text.split(";").map((part) => part.trim().toLowerCase());
  if (!/^[^\s/]+\/[^\s/]+$/.test(type)) return null;
  const said = parameters.find((parameter) => parameter.startsWith("q="))?.slice(2);
  const quality = said === undefined ? 1 : Number(said);
  return Number.isFinite(quality) ? { type, quality: Math.min(1, Math.max(0, quality)) } : null;
}

/** The most exact range decides, also when it says no. */
function fitOf(offer: string, ranges: readonly Range[]): Fit | null {
  const family = `${offer.slice(0, offer.indexOf("/"))}/*`;
  for (const [type, exactness] of [
    [offer, 2],
    [family, 1],
    ["*/*", 0],
  ] as const) {
    const found = ranges.find((range) => range.type === type);
    if (found) return { quality: found.quality, exactness };
  }
  return null;
}

function compareFits(left: Fit, right: Fit): number {
  return left.quality - right.quality || left.exactness - right.exactness;
}
