import { transitionsOfService } from "@/lib/api/endpoints/transitions";
import { route } from "@/lib/api/route";

export const { GET, POST, HEAD, PUT, PATCH, DELETE, OPTIONS } = route({ GET: transitionsOfService });
