import { z } from "zod";
import { json } from "../json";
import { openApiDocument } from "../openapi/document";
import { getting } from "../openapi/operation";
import { operations } from "../openapi/operations";
import { type Endpoint, endpoint } from "../route";

/** `GET /api/v1/openapi.json` */
export const openApi: Endpoint = endpoint({
  params: z.unknown(),
  query: z.strictObject({}),
  handle: async () => {
    const itself = { type: "application/json", what: "OpenAPI 3.1" };
    const own = getting("/api/v1/openapi.json", openApi, "This description.", itself);
    return json(openApiDocument([...operations, own]));
  },
});
