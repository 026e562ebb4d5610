import type { FeedRow } from "@/db/read/feed";
import { type TransitionRecord, tellingKey } from "@/db/read/transitions";
import type { LiveEvent } from "../wire/live";
import { transitionView } from "../wire/transition-view";
import type { Picture } from "./picture";
import type { FeedEvent } from "./ring";
import { encodeEvent } from "./sse";

/**
 * The events that feed rows stand for, in their order, each with its row's id. Of several rows that
 * tell one service's state only the last becomes an event, as it is now.
 * @param tellings the transitions that the rows name.
 * @param isNews whether a service looks different from what was told of it before.
 */
export function tellRows(
  rows: readonly FeedRow[],
  tellings: ReadonlyMap<string, TransitionRecord>,
  picture: Picture,
  isNews: (serviceId: number) => boolean,
): FeedEvent[] {
  const last = new Map(rows.filter(({ kind }) => kind === "service").map((row) => [row.serviceId, row.id]));
  return rows.flatMap((row) => {
    if (row.kind === "service" && (last.get(row.serviceId) !== row.id || !isNews(row.serviceId ?? 0)))
      return [];
    const data = dataOf(row, tellings, picture);
    return data === undefined
      ? []
      : [{ position: row.id, fromRow: true, bytes: encodeEvent(row.kind, data, row.id) }];
  });
}

/** An event that no row told. It carries the position it comes at. */
export function tellAt(position: number, type: LiveEvent["type"], json: string): FeedEvent {
  return { position, fromRow: false, bytes: encodeEvent(type, json, position) };
}

function dataOf(
  row: FeedRow,
  tellings: ReadonlyMap<string, TransitionRecord>,
  picture: Picture,
): string | undefined {
  switch (row.kind) {
    case "service":
      return picture.serviceJson(row.serviceId ?? 0);
    case "transition": {
      const told = tellings.get(tellingKey(row.transitionId ?? 0, row.revision ?? 1));
      return told && JSON.stringify(transitionView(told));
    }
    case "alert":
    case "command":
    case "service-removed":
    case "host-removed":
      return JSON.stringify(row.payload);
    case "host":
      return JSON.stringify(picture.host((row.payload as { id: string }).id));
    case "config":
      return JSON.stringify({ errors: picture.configErrors });
  }
}
