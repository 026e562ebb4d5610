import { thrashOfService } from "@/lib/api/endpoints/thrash";
import { route } from "@/lib/api/route";

export const { GET, POST, HEAD, PUT, PATCH, DELETE, OPTIONS } = route({ GET: thrashOfService });
