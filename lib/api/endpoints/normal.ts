import { z } from "zod";
import { readRecentStays } from "@/db/read/normal-stays";
import { normalStays } from "../../insight/normal-stays";
import { machineOfKind } from "../../machine/kinds/machine-of-kind";
import { json } from "../json";
import { endpoint } from "../route";
import { requireHistory, serviceParams } from "../service-params";

/** `GET /api/v1/services/{host}/{name}/normal`: how long it usually stays in each state. */
export const normalOfService = endpoint({
  params: serviceParams,
  query: z.strictObject({}),
  handle: async ({ params, database: { db } }) => {
    const { service } = await requireHistory(db, params);
    const states = machineOfKind(service.kind)?.states ?? [];
    return json({ items: normalStays(states, await readRecentStays(db, service.id)) });
  },
});
