import { z } from "zod";
import { json } from "../json";
import { readHealth } from "../read-health";
import { endpoint } from "../route";

/** `GET /api/v1/health` */
export const health = endpoint({
  params: z.unknown(),
  query: z.strictObject({}),
  handle: async ({ database }) => json(await readHealth(database)),
});
