/** A JSON answer. Nothing here may be kept by a cache: the next moment it may be wrong. */
export function json(value: unknown, status = 200): Response {
  return Response.json(value, { status, headers: { "cache-control": "no-store" } });
}

export interface Page<Item> {
  readonly items: Item[];
  readonly next: string | null;
}

/**
 * One page of a list. `rows` holds one more than `limit` where there is another page.
 * @param cursorOf the cursor that leads on from a row.
 */
export function page<Row, Item>(
  rows: readonly Row[],
  limit: number,
  view: (row: Row) => Item,
  cursorOf: (row: Row) => string,
): Page<Item> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  const next = rows.length > limit && last !== undefined ? cursorOf(last) : null;
  return { items: items.map(view), next };
}
