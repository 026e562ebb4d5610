import { listPendingAlerts } from "@/lib/api/endpoints/alerts";
import { route } from "@/lib/api/route";

export const { GET, POST, HEAD, PUT, PATCH, DELETE, OPTIONS } = route({ GET: listPendingAlerts });
