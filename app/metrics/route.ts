import { metrics } from "@/lib/api/endpoints/metrics";
import { alsoWithoutDatabase } from "@/lib/api/metrics-without-database";
import { route } from "@/lib/api/route";

const handlers = route({ GET: metrics });

export const { POST, HEAD, PUT, PATCH, DELETE, OPTIONS } = handlers;
export const GET = alsoWithoutDatabase(handlers.GET);
