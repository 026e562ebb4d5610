import { live } from "@/lib/api/endpoints/live";
import { route } from "@/lib/api/route";

export const { GET, POST, HEAD, PUT, PATCH, DELETE, OPTIONS } = route({ GET: live });
