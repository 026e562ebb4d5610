import { openApi } from "@/lib/api/endpoints/openapi";
import { route } from "@/lib/api/route";

export const { GET, POST, HEAD, PUT, PATCH, DELETE, OPTIONS } = route({ GET: openApi });
