import { logsOfService } from "@/lib/api/endpoints/logs";
import { route } from "@/lib/api/route";

export const { GET, POST, HEAD, PUT, PATCH, DELETE, OPTIONS } = route({ GET: logsOfService });
