import { machineOfService } from "@/lib/api/endpoints/services";
import { route } from "@/lib/api/route";

export const { GET, POST, HEAD, PUT, PATCH, DELETE, OPTIONS } = route({ GET: machineOfService });
