import { usageOfService } from "@/lib/api/endpoints/usage";
import { route } from "@/lib/api/route";

export const { GET, POST, HEAD, PUT, PATCH, DELETE, OPTIONS } = route({ GET: usageOfService });
