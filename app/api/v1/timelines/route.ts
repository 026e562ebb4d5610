import { timelinesOfServices } from "@/lib/api/endpoints/timeline";
import { route } from "@/lib/api/route";

export const { GET, POST, HEAD, PUT, PATCH, DELETE, OPTIONS } = route({ GET: timelinesOfServices });
