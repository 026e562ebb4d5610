import { normalOfService } from "@/lib/api/endpoints/normal";
import { route } from "@/lib/api/route";

export const { GET, POST, HEAD, PUT, PATCH, DELETE, OPTIONS } = route({ GET: normalOfService });
