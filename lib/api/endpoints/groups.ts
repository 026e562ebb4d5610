import { z } from "zod";
import type { Database } from "@/db/open";
import { type GroupMember, readGroupMembers, readStoredGroups } from "@/db/read/groups";
import { now } from "../../clock";
import { isGroupName } from "../../config/names";
import type { Group } from "../../wire/group";
import { groupView } from "../../wire/group-view";
import { decodeCursor, encodeCursor } from "../cursor";
import { json, page } from "../json";
import { ProblemError } from "../problem";
import { cursor, limit, plainText } from "../query";
import { endpoint } from "../route";

/** `GET /api/v1/groups`: those that services name and those that are configured, by name. */
export const listGroups = endpoint({
  params: z.unknown(),
  query: z.strictObject({ limit, cursor }),
  handle: async ({ query, database }) => {
    const [after] = query.cursor === undefined ? [] : decodeCursor(query.cursor, ["text"]);
    const groups = (await readGroups(database, null)).filter(
      ({ name }) => after === undefined || name > after,
    );
    return json(
      page(
        groups,
        query.limit,
        (group) => group,
        ({ name }) => encodeCursor([name]),
      ),
    );
  },
});

/** `GET /api/v1/groups/{name}` */
export const oneGroup = endpoint({
  params: z.object({ name: plainText(100).refine(isGroupName) }),
  query: z.strictObject({}),
  handle: async ({ params: { name }, database }) => {
    const [group] = await readGroups(database, name);
    if (!group) throw new ProblemError("not-found", `There is no group ${name}.`);
    return json(group);
  },
});

/** @param only the one of this name; null: all of them, by name. */
async function readGroups({ db, sql }: Database, only: string | null): Promise<Group[]> {
  const [stored, members] = [
    await readStoredGroups(db),
    await readGroupMembers(sql, only === null ? null : [only]),
  ];
  const configured = new Map(stored.map(({ name, keepRunning }) => [name, keepRunning]));
  const byGroup = new Map<string, GroupMember[]>();
  for (const { name } of stored) if (only === null || name === only) byGroup.set(name, []);
  for (const member of members) byGroup.set(member.group, [...(byGroup.get(member.group) ?? []), member]);
  const { at } = now();
  return [...byGroup]
    .map(([name, each]) => groupView(name, each, configured.get(name) ?? null, at))
    .sort((one, other) => (one.name < other.name ? -1 : 1));
}
