import { z } from "zod";
import { findHosts } from "@/db/read/hosts";
import type { HostRow } from "@/db/read/services";
import { now, toRfc3339 } from "../../clock";
import { contactView } from "../../wire/contact-view";
import { decodeCursor, encodeCursor } from "../cursor";
import { json, page } from "../json";
import { cursor, limit } from "../query";
import { endpoint } from "../route";

/** `GET /api/v1/hosts` */
export const listHosts = endpoint({
  params: z.unknown(),
  query: z.strictObject({ limit, cursor }),
  handle: async ({ query, database }) => {
    const [after] = query.cursor === undefined ? [] : decodeCursor(query.cursor, ["text"]);
    const at = now().at;
    const rows = await findHosts(database.db, after, query.limit + 1);
    const view = (host: HostRow) => ({
      id: host.id,
      platform: host.platform,
      contact: contactView(host, at),
      observedUntil: host.observedUntil === null ? null : toRfc3339(host.observedUntil),
    });
    return json(page(rows, query.limit, view, ({ id }) => encodeCursor([id])));
  },
});
