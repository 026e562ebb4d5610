import { z } from "zod";
import { type ChannelRecord, findChannels } from "@/db/read/channels";
import { requestChannelTest } from "@/db/write/request-channel-test";
import { toRfc3339 } from "../../clock";
import type { Channel } from "../../wire/alert";
import { decodeCursor, encodeCursor } from "../cursor";
import { json, page } from "../json";
import { ProblemError } from "../problem";
import { cursor, limit, plainText } from "../query";
import { requireMayChangeAlerts } from "../require-may";
import { endpoint } from "../route";

/** `GET /api/v1/channels` */
export const listChannels = endpoint({
  params: z.unknown(),
  query: z.strictObject({ limit, cursor }),
  handle: async ({ query, database }) => {
    const [after] = query.cursor === undefined ? [] : decodeCursor(query.cursor, ["text"]);
    const rows = await findChannels(database.db, after, query.limit + 1);
    return json(page(rows, query.limit, channelView, ({ name }) => encodeCursor([name])));
  },
});

/** `POST /api/v1/channels/{name}/test`: 202, and a message goes out; what became of it the list tells. */
export const postChannelTest = endpoint({
  params: z.object({ name: plainText(64) }),
  query: z.strictObject({}),
  handle: async ({ params, actor, database }) => {
    await requireMayChangeAlerts(database, actor, "channel test", params.name);
    const id = await requestChannelTest(database, params.name, actor.name);
    if (id === null) throw new ProblemError("not-found", "There is no channel of this name.");
    return json({ id, channel: params.name }, 202);
  },
});

function channelView(row: ChannelRecord): Channel {
  const { name, kind, target, waiting, givenUp, lastSentAt, lastErrorAt, lastError } = row;
  return {
    ...{ name, kind, target, waiting, givenUp, lastError },
    lastSentAt: lastSentAt === null ? null : toRfc3339(lastSentAt),
    lastErrorAt: lastErrorAt === null ? null : toRfc3339(lastErrorAt),
  };
}
