import { z } from "zod";
import { findHosts } from "@/db/read/hosts";
import { now } from "../../clock";
import { decodeCursor, encodeCursor } from "../cursor";
import { hostView } from "../host-view";
import { json, page } from "../json";
import { cursor, limit } from "../query";
import { endpoint } from "../route";

/** `GET /api/v1/hosts` */
export const listHosts = endpoint({
  params: z.unknown(),
  query: z.strictObject({ limit, cursor }),
  handle: async ({ query, database }) => {
    const [after] = query.cursor === undefined ? [] : decodeCursor(query.cursor, ["text"]);
    const { at } = now();
    const rows = await findHosts(database.db, after, query.limit + 1);
    return json(
      page(
        rows,
        query.limit,
        (host) => hostView(host, at),
        ({ id }) => encodeCursor([id]),
      ),
    );
  },
});
