import { nothing } from "@/lib/api/endpoints/nothing";
import { route } from "@/lib/api/route";

export const { GET, POST, HEAD, PUT, PATCH, DELETE, OPTIONS } = route({ GET: nothing, POST: nothing });
