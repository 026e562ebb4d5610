import type { Ends } from "./span";

/** The first of the ordered items that ends after the instant; their number where none does. */
function firstEndingAfter(items: readonly Ends[], at: number): number {
  let [low, high] = [0, items.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((items[middle]?.to ?? 0) > at) high = middle;
    else low = middle + 1;
  }
  return low;
}

/**
 * Which of the items (in order, not overlapping) is meant by pointing at an instant; -1 for none. One
 * that is too narrow to be hit is meant before the wide one beside it.
 * @param reachMs how far beside it one may point.
 */
export function itemAt(items: readonly Ends[], at: number, reachMs: number): number {
  const hit = firstEndingAfter(items, at);
  const isHit = (items[hit]?.from ?? Number.POSITIVE_INFINITY) <= at;
  if (isHit && !isNarrow(items[hit], reachMs)) {
    const beside = [hit - 1, hit + 1]
      .filter((index) => isNarrow(items[index], reachMs) && distance(items[index], at) <= reachMs)
      .sort((left, right) => distance(items[left], at) - distance(items[right], at));
    return beside[0] ?? hit;
  }
  if (isHit) return hit;
  const near = [hit - 1, hit].filter((index) => distance(items[index], at) <= reachMs);
  return near.sort((left, right) => distance(items[left], at) - distance(items[right], at))[0] ?? -1;
}

function isNarrow(item: Ends | undefined, reachMs: number): boolean {
  return item !== undefined && item.to - item.from < 2 * reachMs;
}

function distance(item: Ends | undefined, at: number): number {
  if (item === undefined) return Number.POSITIVE_INFINITY;
  return Math.max(item.from - at, at - item.to, 0);
}

/** Whether two stretches share time; one without length is an instant, and belongs to what begins there. */
export function overlap(left: Ends, right: Ends): boolean {
  return (
    (left.from < right.to && right.from < left.to) ||
    (left.from === left.to && left.from >= right.from && left.from < right.to) ||
    (right.from === right.to && right.from >= left.from && right.from < left.to) ||
    (left.from === right.from && left.to === right.to)
  );
}
